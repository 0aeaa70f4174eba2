import { type Work, workSchema } from "../engine/hand-over.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

/** Reads the input `work`: ids and commits only. Failure: `input-invalid`. */
export function readWork(text: string): Result<Work> {
  const invalid = (detail: string) =>
    fail({ reason: "input-invalid" as const, input: "work", detail });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid("it is not JSON; it is the output `work` of the job route");
  }
  const parsed = workSchema.safeParse(value);
  if (parsed.success) return succeed(parsed.data);
  const [first] = parsed.error.issues;
  return invalid(`${first?.path.join(".") || "it"}: ${first?.message ?? "invalid"}`);
}
