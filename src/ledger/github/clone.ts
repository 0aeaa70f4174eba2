import type { Result } from "../../shared/result.ts";

/** An object as git stores it. */
export type StoredObject = { type: string; bytes: Buffer };

/**
 * The repository over git, which costs no calls of the API. It is only another way to the same objects: all of them are held to their
 * ids and proved as those of the API are. What it cannot tell is asked of the API.
 */
export type LedgerClone = {
  /** The commit that a ref of the repository holds now, brought here with all that it contains; null where there is none. */
  fetch(ref: string): Promise<Result<string | null>>;
  /** Objects that are here, by id. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, StoredObject>>;
  /** Whether `commit` is `head` or one of its ancestors; null where one of them is not here. */
  contains(head: string, commit: string): Promise<boolean | null>;
};
