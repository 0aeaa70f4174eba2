import type { House } from "../engine/house.ts";
import type { Result } from "../shared/result.ts";
import { explainRefusal } from "../workflow/explain-refusal.ts";
import type { Refusal } from "../workflow/refusal.ts";

/** One short reply in the thread: why it was refused, and the remedy. `key` is the source of what was refused. */
export async function answerRefusal(
  house: House,
  thread: number,
  key: string,
  refusal: Refusal,
): Promise<Result<void>> {
  const { what, remedy } = explainRefusal(refusal);
  return await house.forge.reply(thread, { key, markdown: `${what}\n\n${remedy}` });
}
