import { derivePolicy } from "../../src/config/derive-policy.ts";
import { configSchema } from "../../src/config/schema.ts";
import type { House } from "../../src/engine/house.ts";
import type { View } from "../../src/forge/port.ts";
import { openMemoryLedger } from "../../src/ledger/memory-ledger.ts";
import type { Model } from "../../src/model/port.ts";
import type { Trigger } from "../../src/workflow/trigger.ts";
import type { Stage } from "../phases/stage.ts";
import { issueOf, person, written } from "../workflow/world.ts";

export type TestHouse = House & { views: View[]; logged: string[]; calls: string[] };

/** A model that answers with what `reply` gives for a call, and counts the calls. */
const modelOf = (calls: string[], reply: (phase: string) => unknown): Model => ({
  id: "test:model",
  generate: async (prompt) => {
    calls.push(prompt.purpose.phase);
    prompt.beforeRequest({ input: 10, maxOutput: 10 });
    prompt.onUsage({
      input: 10,
      cacheRead: 0,
      cacheWrite: 0,
      output: 5,
      reasoning: 0,
      requests: 1,
    });
    return { ok: true, value: reply(prompt.purpose.phase) as never };
  },
  act: async () => ({ ok: true, text: "" }),
});

/** A house over a real workspace and the in-memory ledger. Everyone stands by what they approved unless told otherwise. */
export function openHouse(
  stage: Stage,
  change: { config?: object; reply?: (phase: string) => unknown; stands?: boolean } = {},
): TestHouse {
  const config = configSchema.parse(change.config ?? {});
  const views: View[] = [];
  const logged: string[] = [];
  const calls: string[] = [];
  let clock = Date.parse("2026-11-21T10:00:00Z");
  const stands = change.stands ?? true;
  return {
    views,
    logged,
    calls,
    config,
    ledger: openMemoryLedger(),
    forge: {
      name: "test",
      standing: async () => ({ role: stands ? "admin" : "none", intact: stands }),
      isRunAlive: async () => "alive",
      reconcile: async (view) => {
        views.push(view);
        return { ok: true, value: { writes: 0, notes: [] } };
      },
      reply: async () => ({ ok: true, value: undefined }),
      acknowledge: async () => {},
    },
    workspace: stage.workspace,
    models: () => modelOf(calls, change.reply ?? (() => ({}))),
    price: () => 1_000,
    policy: derivePolicy(config),
    now: () => {
      clock += 1_000;
      return new Date(clock);
    },
    runId: "run-1",
    progress: () => {},
    signal: new AbortController().signal,
    log: ({ message }) => void logged.push(message),
  };
}

let count = 0;

/** A command of a maintainer, as the door would hand it over. */
export function command(line: string, source = `comment-${++count}`): Trigger {
  return {
    kind: "command",
    source,
    at: "2026-11-21T10:00:00.000Z",
    runId: "run-1",
    actor: person("mary", "maintain"),
    command: written(line),
    comment: { id: source, edited: false },
    issue: issueOf("rita"),
  };
}
