import { fail, type Result, succeed } from "../../shared/result.ts";
import type { PathPolicy } from "../check-path.ts";
import {
  brokenLink,
  type Change,
  checkEntry,
  findSecretLine,
  LINK,
  REMOVED,
} from "./check-change.ts";
import type { Store } from "./prepare-store.ts";
import type { BlobReader } from "./read-blobs.ts";

const LONGEST_LINK = 1_000;

/**
 * Checks changes between two trees whose files lie nowhere but in git's objects: path, kind, size, where a link leads, secrets in
 * added lines. Failures: `path-refused`, `secret-in-change`, `git-failed`.
 */
export async function checkContent(
  store: Store,
  readBlob: BlobReader,
  changes: readonly Change[],
  policy: PathPolicy,
  { changeBytes }: { changeBytes: number },
): Promise<Result<void>> {
  for (const change of changes) {
    const allowed = checkEntry(change, policy);
    if (!allowed.ok) return allowed;
  }
  const sizes = await measureBlobs(store, changes);
  if (!sizes.ok) return sizes;
  for (const change of changes) {
    const { path, mode, object } = change;
    if (mode === REMOVED) continue;
    const refuse = (rule: string) => fail({ reason: "path-refused" as const, path, rule });
    const size = sizes.value.get(object);
    if (size === undefined) return refuse("its content is missing or is no file");
    const limit = mode === LINK ? LONGEST_LINK : changeBytes;
    if (size > limit) return refuse(`it is larger than ${limit} bytes`);
    const bytes = await readBlob(object);
    if (mode === LINK) {
      const broken = brokenTarget(path, bytes);
      if (broken !== null) return refuse(broken);
      continue;
    }
    const line = await findSecretLine(bytes, changeBytes, () => readFormer(change, readBlob));
    if (line !== null) return fail({ reason: "secret-in-change", path, line });
  }
  return succeed(undefined);
}

/** A link in other bytes than UTF-8 leads nobody knows where. */
function brokenTarget(path: string, bytes: Buffer): string | null {
  const target = bytes.toString("utf8");
  return Buffer.from(target).equals(bytes)
    ? brokenLink(path, target)
    : "it is a symbolic link that is not UTF-8";
}

async function readFormer(
  { formerMode, formerObject }: Change,
  readBlob: BlobReader,
): Promise<string> {
  if (formerMode === REMOVED) return "";
  return (await readBlob(formerObject)).toString("utf8");
}

/** Bytes of every file that is there after the changes, by its object; what is no file is not among them. */
async function measureBlobs(
  store: Store,
  changes: readonly Change[],
): Promise<Result<Map<string, number>>> {
  const objects = changes.flatMap(({ mode, object }) => (mode === REMOVED ? [] : [object]));
  const sizes = new Map<string, number>();
  if (objects.length === 0) return succeed(sizes);
  const answer = await store.git(["cat-file", "--batch-check"], {
    input: `${objects.join("\n")}\n`,
  });
  if (!answer.ok) return answer;
  for (const line of answer.value.output.toString("latin1").split("\n")) {
    const [object = "", type, size] = line.split(" ");
    if (type === "blob") sizes.set(object, Number(size));
  }
  return succeed(sizes);
}
