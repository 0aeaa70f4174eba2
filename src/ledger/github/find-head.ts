import { type Result, succeed } from "../../shared/result.ts";
import { readRef } from "./read-refs.ts";
import type { Remote } from "./remote.ts";

/**
 * The commit that a ref holds; null when there is none. By git where there is a clone, else, and where git fails, by the API. The answer
 * can be an old one either way.
 */
export async function findHead(remote: Remote, ref: string): Promise<Result<string | null>> {
  const fetched = await remote.clone?.fetch(ref);
  return fetched?.ok ? succeed(fetched.value) : await readRef(remote, ref);
}
