import { randomUUID } from "node:crypto";
import type { Model, ModelRole, Models, Prompt, Usage } from "../model/port.ts";

type Who = { role: ModelRole; model: string };

/** Told of each request to a model: before it is made with what it needs at most, and after it with its usage or null. */
export type Watcher = {
  asked(request: string, who: Who, worst: Usage): void;
  answered(request: string, who: Who, usage: Usage | null): void;
};

const worstOf = ({ input, maxOutput }: { input: number; maxOutput: number }): Usage => ({
  ...{ input: Math.ceil(input), output: Math.ceil(maxOutput), requests: 1 },
  ...{ cacheRead: 0, cacheWrite: 0, reasoning: 0 },
});

/** One call of a model, in which one request follows another. */
async function watch<T>(
  prompt: Prompt,
  who: Who,
  watcher: Watcher,
  call: (prompt: Prompt) => Promise<T>,
): Promise<T> {
  let open: string | null = null;
  const end = (usage: Usage | null): void => {
    if (open !== null) watcher.answered(open, who, usage);
    open = null;
  };
  const hooks: Pick<Prompt, "beforeRequest" | "onUsage"> = {
    beforeRequest: (estimate) => {
      // It may throw: then there is no request.
      prompt.beforeRequest(estimate);
      end(null);
      open = randomUUID();
      watcher.asked(open, who, worstOf(estimate));
    },
    onUsage: (usage) => {
      end(usage);
      prompt.onUsage(usage);
    },
  };
  try {
    return await call({ ...prompt, ...hooks });
  } finally {
    end(null);
  }
}

/** The same models, with a watcher that sees what each request costs. */
export const watchModels =
  (models: Models, watcher: Watcher): Models =>
  (role, tier) => {
    const model = models(role, tier);
    const who = { role, model: model.id };
    const watched: Model = {
      id: model.id,
      generate: (prompt, name, schema) =>
        watch(prompt, who, watcher, (hooked) => model.generate(hooked, name, schema)),
      act: (prompt, tools, mostTurns) =>
        watch(prompt, who, watcher, (hooked) => model.act(hooked, tools, mostTurns)),
    };
    return watched;
  };
