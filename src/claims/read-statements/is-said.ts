import type { Sentence } from "../../documents/read-code.ts";
import { toneOf } from "./judge-tone.ts";

/** Whether a sentence speaks of this span as of something that is there, or may do so. */
export function isSaid(sentence: Sentence, index: number): boolean {
  const tone = toneOf(sentence, index);
  return tone === "present" || tone === "maybe";
}
