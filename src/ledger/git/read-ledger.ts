import { fail, type Result, succeed } from "../../shared/result.ts";
import { checkDocumentName, eventsFile } from "../check-document-name.ts";
import { type ParsedLines, parseEventLines } from "../event-lines.ts";
import { explainDamage } from "./explain-git.ts";
import { folderMode, formatOf, parseTree, type TreeEntry } from "./git-objects.ts";
import type { Repository } from "./ledger-refs.ts";
import { type GetObject, GitDied } from "./run-git.ts";

/** A ledger's commit as it lies in git. `files` are all names below it, folders joined by slashes. */
export type StoredLedger = {
  commit: string;
  events: Buffer;
  lines: ParsedLines;
  files: Map<string, TreeEntry>;
};

/** The tree is not what a ledger holds; told to the user as `ledger-corrupt`. */
class Damaged extends Error {}

/** The object or, if it is missing or of another kind, damage. */
async function getObject(
  get: GetObject,
  name: string,
  type: string,
  what: string,
): Promise<Buffer> {
  const object = await get(name);
  if (object === null) throw new Damaged(`${what} (${name}) is missing in the repository`);
  if (object.type !== type)
    throw new Damaged(`${what} (${name}) is a ${object.type}, not a ${type}`);
  return object.bytes;
}

/** One commit's events and names, in a conversation that is under way. */
async function readCommit(get: GetObject, commit: string): Promise<StoredLedger> {
  const text = (await getObject(get, commit, "commit", "the commit")).toString("latin1");
  const tree = /^tree ([0-9a-f]+)$/m.exec(text)?.[1] ?? "";
  const files = new Map<string, TreeEntry>();
  await readFolder(get, tree, "", files);
  const entry = files.get(eventsFile);
  if (entry === undefined) throw new Damaged(`commit ${commit} holds no ${eventsFile}`);
  const events = await getObject(get, entry.id, "blob", eventsFile);
  return { commit, events, lines: parseEventLines(events), files };
}

async function readFolder(
  get: GetObject,
  tree: string,
  prefix: string,
  files: Map<string, TreeEntry>,
): Promise<void> {
  const bytes = await getObject(get, tree, "tree", `folder "${prefix}"`);
  for (const entry of parseTree(formatOf(tree), bytes)) {
    const name = `${prefix}${entry.name}`;
    const rule = name === eventsFile ? null : checkDocumentName(name);
    if (rule !== null) throw new Damaged(`the name ${JSON.stringify(name)} is refused: ${rule}`);
    if (entry.mode === folderMode) await readFolder(get, entry.id, `${name}/`, files);
    else if (!/^100/.test(entry.mode)) throw new Damaged(`${name} is not a file`);
    else files.set(name, entry);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

async function readDocuments(get: GetObject, stored: StoredLedger): Promise<Map<string, string>> {
  const entries = [...stored.files].filter(([name]) => name !== eventsFile);
  const texts = await Promise.all(
    entries.map(async ([name, { id }]): Promise<[string, string]> => {
      const bytes = await getObject(get, id, "blob", name);
      try {
        return [name, utf8.decode(bytes)];
      } catch {
        throw new Damaged(`${name} is not valid UTF-8`);
      }
    }),
  );
  return new Map(texts);
}

/** Runs one conversation with git about one issue and turns what can go wrong in it into failures. */
export async function converse<T>(
  { git, directory }: Repository,
  issue: number,
  talk: (get: GetObject) => Promise<T>,
): Promise<Result<T>> {
  try {
    return succeed(await git.readObjects(talk));
  } catch (error) {
    if (error instanceof Damaged) {
      return fail({ reason: "ledger-corrupt", issue, line: 0, detail: error.message });
    }
    if (!(error instanceof GitDied)) throw error;
    return fail(await explainDamage(git, directory, issue, error.answer));
  }
}

/** The events of a commit, sound or not, and the names beside them; damage of the tree is `ledger-corrupt`. */
export function readStored(
  repository: Repository,
  issue: number,
  commit: string,
): Promise<Result<StoredLedger>> {
  return converse(repository, issue, (get) => readCommit(get, commit));
}

/** The same with the text of every document. */
export function readWhole(
  repository: Repository,
  issue: number,
  commit: string,
): Promise<Result<StoredLedger & { documents: Map<string, string> }>> {
  return converse(repository, issue, async (get) => {
    const stored = await readCommit(get, commit);
    return { ...stored, documents: await readDocuments(get, stored) };
  });
}

/** The failure of the first unsound line, or null. */
export function faultOf(issue: number, { lines }: StoredLedger): Result<never> | null {
  return lines.fault === null ? null : fail({ reason: "ledger-corrupt", issue, ...lines.fault });
}
