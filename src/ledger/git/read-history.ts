import { eventsFile } from "../check-document-name.ts";
import type { LedgerCommit } from "../verify-ledger.ts";
import type { Repository } from "./ledger-refs.ts";
import { type GetObject, GitDied } from "./run-git.ts";

/**
 * Visits a ledger's commits, head first, along first parents, down to the root or to what is missing. A
 * damaged object ends git, not the walk: it is visited as unreadable and a new git goes on with its parent.
 */
export async function readHistory(
  { git }: Repository,
  head: string,
  visit: (commit: LedgerCommit) => void,
): Promise<void> {
  let next: string | null = head;
  let begun: LedgerCommit | null = null;
  const walk = async (get: GetObject): Promise<void> => {
    while (next !== null) {
      begun = unread(next, [], "the commit is missing or damaged");
      const commit: LedgerCommit = await readHeader(get, next);
      begun = commit;
      if (commit.detail === "") Object.assign(commit, await readEvents(get, commit.id));
      visit(commit);
      next = commit.parents[0] ?? null;
    }
  };
  while (next !== null) {
    try {
      await git.readObjects(walk);
    } catch (error) {
      if (!(error instanceof GitDied) || begun === null) throw error;
      const broken: LedgerCommit = begun;
      visit({ ...broken, events: null, detail: error.message.split("\n")[0] ?? "" });
      next = broken.parents[0] ?? null;
    }
  }
}

const unread = (id: string, parents: readonly string[], detail: string): LedgerCommit => ({
  id,
  parents,
  author: "",
  committer: "",
  events: null,
  detail,
});

async function readHeader(get: GetObject, id: string): Promise<LedgerCommit> {
  const object = await get(id);
  if (object === null) return unread(id, [], "the commit is missing in the repository");
  if (object.type !== "commit") return unread(id, [], `this is a ${object.type}, not a commit`);
  const text = object.bytes.toString();
  const header = text.slice(0, text.indexOf("\n\n") + 1);
  const person = (role: string): string =>
    new RegExp(`^${role} (.*) \\d+ [+-]\\d+$`, "m").exec(header)?.[1] ?? "";
  const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => parent ?? "");
  return { ...unread(id, parents, ""), author: person("author"), committer: person("committer") };
}

async function readEvents(
  get: GetObject,
  commit: string,
): Promise<Pick<LedgerCommit, "events" | "detail">> {
  const object = await get(`${commit}:${eventsFile}`);
  if (object?.type === "blob") return { events: object.bytes, detail: "" };
  return { events: null, detail: `${eventsFile} is missing` };
}
