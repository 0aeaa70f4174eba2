import { randomUUID } from "node:crypto";
import {
  chmod,
  lstat,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { fail, type Result, succeed } from "../../shared/result.ts";
import type { PathPolicy } from "../check-path.ts";
import type { FileContent } from "../port.ts";
import { confinePath } from "./confine-path.ts";
import { failureOfError, isMissing } from "./failure-of-error.ts";
import { readContent } from "./read-content.ts";

/** Where files are edited, by which rules, and how large they may be. */
export type Room = { root: string; policy: PathPolicy; textBytes: number };

const refuse = (path: string, rule: string) =>
  fail({ reason: "path-refused" as const, path, rule });

/** Content of a file, null when there is none. Failures: `path-refused`, `git-failed` (a folder, no right). */
export async function readFileAt(room: Room, path: string): Promise<Result<FileContent | null>> {
  const place = await confinePath(room.root, path);
  if (!place.ok) return place;
  try {
    const facts = await stat(place.value.target);
    if (facts.isDirectory()) return succeed(null);
    if (!facts.isFile()) return refuse(path, "it is not a regular file");
    if (facts.size > room.textBytes) return succeed({ kind: "binary", bytes: facts.size });
    return succeed(readContent(await readFile(place.value.target), room.textBytes));
  } catch (error) {
    if (isMissing(error)) return succeed(null);
    return { ok: false, failure: failureOfError(error, "read", path) };
  }
}

/** Writes a text file, whole or not at all; its mode stays. Failures: `path-refused`, `disk-full`, `git-failed`. */
export async function writeFileAt(room: Room, path: string, text: string): Promise<Result<void>> {
  const place = await confinePath(room.root, path, { policy: room.policy });
  if (!place.ok) return place;
  if (Buffer.byteLength(text) > room.textBytes) {
    return refuse(path, `it would be larger than ${room.textBytes} bytes`);
  }
  const { target } = place.value;
  const next = join(dirname(target), `.archwright-${randomUUID()}`);
  try {
    await mkdir(dirname(target), { recursive: true });
    const before = await stat(target).catch(() => null);
    if (before !== null && !before.isFile()) return refuse(path, "it is not a regular file");
    await writeFile(next, text, { flag: "wx", mode: 0o644 });
    if (before !== null) await chmod(next, before.mode & 0o777);
    await rename(next, target);
    return succeed(undefined);
  } catch (error) {
    await rm(next, { force: true }).catch(() => {});
    return { ok: false, failure: failureOfError(error, "write", path) };
  }
}

/** Removes a file or link. Failures: `path-refused` (also for a folder or nothing), `git-failed`. */
export async function removeFileAt(room: Room, path: string): Promise<Result<void>> {
  const place = await confinePath(room.root, path, { policy: room.policy, follow: false });
  if (!place.ok) return place;
  try {
    const facts = await lstat(place.value.target);
    if (facts.isDirectory()) return refuse(path, "it is a folder");
    await unlink(place.value.target);
    return succeed(undefined);
  } catch (error) {
    if (isMissing(error)) return refuse(path, "there is no such file");
    return { ok: false, failure: failureOfError(error, "remove", path) };
  }
}

/** Moves a file to a path that is free. Failures: `path-refused`, `disk-full`, `git-failed`. */
export async function moveFileAt(room: Room, from: string, to: string): Promise<Result<void>> {
  const source = await confinePath(room.root, from, { policy: room.policy, follow: false });
  if (!source.ok) return source;
  const target = await confinePath(room.root, to, { policy: room.policy, follow: false });
  if (!target.ok) return target;
  try {
    const facts = await lstat(source.value.target).catch(() => null);
    if (facts === null) return refuse(from, "there is no such file");
    if (facts.isDirectory()) return refuse(from, "it is a folder");
    const taken = await lstat(target.value.target).catch(() => null);
    if (taken !== null) return refuse(to, "there is something already");
    await mkdir(dirname(target.value.target), { recursive: true });
    await rename(source.value.target, target.value.target);
    return succeed(undefined);
  } catch (error) {
    return { ok: false, failure: failureOfError(error, "move", to) };
  }
}
