import { readFile, stat } from "node:fs/promises";
import type { Delivery, Ignored } from "../forge/github/delivery.ts";
import { readDelivery } from "../forge/github/read-delivery.ts";
import { fail, type Result } from "../shared/result.ts";
import type { Place } from "./read-place.ts";

/** GitHub sends no larger ones. */
const LARGEST = 26_214_400;

/** Reads the event that started the run from the runner's file. Failure: `event-invalid`. */
export async function readEvent({ event, eventPath }: Place): Promise<Result<Delivery | Ignored>> {
  const invalid = (detail: string) => fail({ reason: "event-invalid" as const, event, detail });
  try {
    if ((await stat(eventPath)).size > LARGEST) return invalid("the payload is larger than 25 MB");
    return readDelivery(event, JSON.parse(await readFile(eventPath, "utf8")));
  } catch (error) {
    return invalid(`the payload cannot be read: ${(error as Error).message}`);
  }
}
