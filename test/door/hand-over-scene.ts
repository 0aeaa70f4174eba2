import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseConfig } from "../../src/config/load-config.ts";
import { checkHandOver } from "../../src/door/check-hand-over.ts";
import type { GitHubDoor } from "../../src/door/github-door.ts";
import { type Published, publishHandOver } from "../../src/door/publish-hand-over.ts";
import { readHandOver } from "../../src/door/read-hand-over.ts";
import { receiveWork } from "../../src/door/receive-work.ts";
import { writeHandOver } from "../../src/door/write-hand-over.ts";
import { acceptTrigger } from "../../src/engine/accept-trigger.ts";
import type { Feature } from "../../src/engine/load-feature.ts";
import { runLease } from "../../src/engine/run-lease.ts";
import { scriptedModel } from "../../src/model/scripted.ts";
import type { Result } from "../../src/shared/result.ts";
import type { Lease } from "../../src/workflow/phase.ts";
import type { Trigger } from "../../src/workflow/trigger.ts";
import { readWorkRefs } from "../../src/workspace/git/fetch-issue-refs.ts";
import type { Remote } from "../../src/workspace/git/remote-git.ts";
import { command, openHouse, type TestHouse } from "../engine/open-house.ts";
import { gitEnvironment, openStage, type Stage } from "../phases/stage.ts";
import { issueOf, person } from "../workflow/world.ts";

const examples = join(import.meta.dirname, "../../examples");
const sample = join(examples, "invoice-desk");

function readFiles(folder: string, prefix = ""): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) Object.assign(files, readFiles(path, `${prefix}${name}/`));
    else files[`${prefix}${name}`] = readFileSync(path, "utf8");
  }
  return files;
}

/** A house over a real repository, with phases that really ran, whose hand-overs can be forged before they are published. */
export type HandOverScene = {
  house: TestHouse;
  stage: Stage;
  folder: string;
  feature: () => Feature;
  lease: () => Lease;
  /** Runs the phase that is leased and writes its hand-over. */
  run: () => Promise<void>;
  /** What is written, changed by hand. */
  forge: (change: (handOver: Record<string, never>) => void) => void;
  publish: () => Promise<Result<Published>>;
  /** What publishing would say of the hand-over as it is written: checked and received, and nothing ended. */
  judge: () => Promise<Result<unknown>>;
  say: (line: string) => Promise<void>;
  /** Another run says that it carries the lease out. */
  claim: (run: string) => Promise<void>;
  close: () => void;
};

const label: Trigger = {
  kind: "labeled",
  source: "label:1",
  at: "2026-11-21T10:00:00.000Z",
  runId: "actions:1:1",
  actor: person("mary", "maintain"),
  label: "archwright",
  issue: {
    ...issueOf("rita"),
    title: "Export invoices as CSV",
    body: readFileSync(join(examples, "csv-export.md"), "utf8"),
  },
};

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.failure));
}

/** Opens the sample with its label set: the lease of the design is taken. */
export async function openHandOverScene(): Promise<HandOverScene> {
  const stage = await openStage(readFiles(sample));
  const folder = mkdtempSync(join(tmpdir(), "archwright-hand-over-"));
  const config = unwrap(
    parseConfig(readFileSync(join(sample, ".github/archwright.yml"), "utf8"), "a"),
  );
  const opened = openHouse(stage, { config });
  const model = scriptedModel({ directory: join(examples, "csv-export-replies"), name: "csv" });
  const house: TestHouse = { ...opened, models: () => model };
  const remote: Remote = {
    repository: stage.repository,
    url: "",
    token: null,
    environment: gitEnvironment,
  };
  const storage = join(folder, "storage");
  let feature = unwrap(await acceptTrigger(house, 12, label)).feature;
  let before: Record<string, string> = {};
  let nonce = feature.state.leases[0]?.nonce ?? "";
  const lease = (): Lease => {
    const found = feature.events.findLast(
      (event) => event.type === "PhaseStarted" && event.lease.nonce === nonce,
    );
    if (found?.type !== "PhaseStarted") throw new Error("no phase is leased");
    return found.lease;
  };
  const origin = {
    repository: { id: "R1", name: "acme/shop" },
    branch: "main",
    commit: stage.base,
    config,
    configPath: null,
    policy: house.policy,
  };
  const receiving = {
    folder: join(folder, "h"),
    remote,
    storage,
    identity: { name: "builder[bot]", email: "1+builder[bot]@users.noreply.github.com" },
    commit: stage.base,
  };
  return {
    house,
    stage,
    folder,
    feature: () => feature,
    lease,
    run: async () => {
      nonce = feature.state.leases[0]?.nonce ?? "";
      before = unwrap(await readWorkRefs(remote, 12));
      const result = await runLease(house, feature, lease());
      const clone = { remote, storage, known: [stage.base] };
      unwrap(
        await writeHandOver({
          repository: "acme/shop",
          issue: 12,
          lease: lease(),
          result,
          folder: join(folder, "h"),
          clone,
          before,
        }),
      );
      // Whoever publishes has a clone of its own: the phase's refs are not in it.
      for (const ref of Object.keys(unwrap(await readWorkRefs(remote, 12)))) {
        if (!(ref in before)) stage.git("update-ref", "-d", ref);
      }
    },
    forge: (change) => {
      const file = join(folder, "h/hand-over.json");
      const handOver = JSON.parse(readFileSync(file, "utf8"));
      change(handOver);
      writeFileSync(file, JSON.stringify(handOver));
    },
    publish: async () => {
      const door = { house, origin } as unknown as GitHubDoor;
      const work = { issue: 12, phase: lease().phase, nonce, head: feature.head ?? "" };
      const published = await publishHandOver(door, work, {
        ...receiving,
        run: "1",
        lost: {
          result: "the job phase ended as cancelled",
          link: "https://github.com/acme/shop/actions/runs/1",
        },
      });
      if (published.ok) feature = published.value.feature;
      return published;
    },
    judge: async () => {
      const expected = { repository: "acme/shop", issue: 12, nonce };
      const handOver = unwrap(await readHandOver(join(folder, "h"), expected));
      if (handOver === null) throw new Error("nothing was handed over");
      const facts = { house, feature, lease: lease(), handOver };
      const checked = await checkHandOver(facts);
      return checked.ok ? await receiveWork(facts, receiving) : checked;
    },
    claim: async (claimedBy) => {
      const source = `claim:${nonce}:${claimedBy}`;
      const at = "2026-11-21T10:00:00.000Z";
      const trigger = { kind: "run-claimed" as const, source, at, runId: "actions:1:1" };
      feature = unwrap(await acceptTrigger(house, 12, { ...trigger, nonce, claimedBy })).feature;
    },
    say: async (line) => {
      feature = unwrap(await acceptTrigger(house, 12, command(line))).feature;
    },
    close: () => {
      stage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
