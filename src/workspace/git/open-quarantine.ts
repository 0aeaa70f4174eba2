import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Result, succeed } from "../../shared/result.ts";
import type { CallerEnvironment } from "../caller-environment.ts";
import { failureOfStorage } from "./failure-of-error.ts";
import { findRepository } from "./find-repository.ts";
import { harnessEnvironment, userEnvironment } from "./git-environment.ts";
import { type GitIdentity, prepareStore, type Store } from "./prepare-store.ts";

const PREFIX = "quarantine-";
const DAY = 24 * 60 * 60 * 1000;

/** A store that lives for one question. `close` removes it with everything in it. */
export type Quarantine = { store: Store; folder: string; close: () => Promise<void> };

export type QuarantinePlace = {
  /** Folder of a repository, whose objects the quarantine borrows. */
  repository: string;
  /** Folder of the harness, where the quarantine is made. */
  storage: string;
  environment: CallerEnvironment;
  identity: GitIdentity;
};

/**
 * Git data apart from a repository, which sees the repository's objects and has none of its own yet. No hook, filter or setting of the
 * repository or the user reaches it. Failures: `not-a-repository`, `no-commits`, `git-missing`, `not-writable`, `disk-full`.
 */
export async function openQuarantine(place: QuarantinePlace): Promise<Result<Quarantine>> {
  const { environment, identity } = place;
  const forUser = userEnvironment(environment, identity);
  const repository = await findRepository(place.repository, forUser);
  if (!repository.ok) return repository;
  let folder: string;
  try {
    await mkdir(place.storage, { recursive: true, mode: 0o700 });
    await removeForgotten(place.storage);
    folder = await mkdtemp(join(place.storage, PREFIX));
  } catch (error) {
    return { ok: false, failure: failureOfStorage(error, place.storage) };
  }
  const close = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const store = await prepareStore({
    storage: folder,
    repository: repository.value,
    environment: harnessEnvironment(environment, identity),
    userEnvironment: forUser,
    bigFileBytes: 512 * 1024 * 1024,
  });
  if (store.ok) return succeed({ store: store.value, folder, close });
  await close();
  return store;
}

/** Takes away what a process that was killed left behind. None takes a day. */
async function removeForgotten(storage: string): Promise<void> {
  const names = await readdir(storage);
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    const folder = join(storage, name);
    const facts = await stat(folder).catch(() => null);
    if (facts === null || Date.now() - facts.mtimeMs < DAY) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
