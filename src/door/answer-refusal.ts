import type { House } from "../engine/house.ts";
import type { Result } from "../shared/result.ts";
import { renderRefusal } from "../view/render-replies.ts";
import type { Refusal } from "../workflow/refusal.ts";

/** One short reply in the thread: why it was refused, and the remedy. `key` is the source of what was refused. */
export async function answerRefusal(
  house: House,
  thread: number,
  key: string,
  refusal: Refusal,
): Promise<Result<void>> {
  return await house.forge.reply(thread, { key, markdown: renderRefusal(refusal) });
}
