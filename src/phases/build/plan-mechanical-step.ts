import type { FileChange, Step } from "../../documents/schema-build-spec.ts";
import type { Failure } from "../../shared/failure.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import type { FileContent } from "../../workspace/port.ts";

export type Operation =
  | { kind: "write"; path: string; text: string }
  | { kind: "remove"; path: string }
  | { kind: "move"; path: string; to: string };

type NotApplicable = Extract<Failure, { reason: "edit-not-applicable" }>;
type Read = (path: string) => Promise<FileContent | null>;
type Planned = Result<Operation[], string>;

/**
 * What a mechanical step does, all or nothing: the edits, moves and deletions of its files. An excerpt must stand exactly once in
 * its file, to the letter. What is already as it should be (kept work of an earlier attempt) needs no operation.
 */
export async function planMechanicalStep(
  step: Step,
  files: readonly FileChange[],
  read: Read,
): Promise<Result<Operation[], NotApplicable>> {
  const operations: Operation[] = [];
  const refuse = (path: string, detail: string): NotApplicable => ({
    reason: "edit-not-applicable",
    step: step.id,
    path,
    detail,
  });
  if (step.files.length === 0) return fail(refuse("", "the step names no file"));
  for (const path of step.files) {
    const change = files.find((file) => file.path === path || file.to === path);
    if (!change) return fail(refuse(path, "the spec's list of files does not name it"));
    if (operations.some((operation) => operation.path === change.path)) continue;
    const planned = await planChange(change, read);
    if (!planned.ok) return fail(refuse(path, planned.failure));
    operations.push(...planned.value);
  }
  return succeed(operations);
}

function planChange(change: FileChange, read: Read): Promise<Planned> {
  switch (change.action) {
    case "create":
      return planCreation(change, read);
    case "modify":
      return planEdits(change, read);
    case "delete":
      return planDeletion(change, read);
    case "move":
      return planMove(change, read);
  }
}

async function planCreation({ path, edits }: FileChange, read: Read): Promise<Planned> {
  const [content, ...more] = edits;
  if (!content || more.length > 0 || content.before !== "") {
    return fail("its content is not given in full");
  }
  const present = await read(path);
  if (present?.kind === "text" && present.text === content.after) return succeed([]);
  if (present !== null) return fail("it is there already, with another content");
  return succeed([{ kind: "write", path, text: content.after }]);
}

async function planEdits({ path, edits }: FileChange, read: Read): Promise<Planned> {
  if (edits.length === 0) return fail("no excerpts are given");
  const present = await read(path);
  if (present?.kind !== "text") return fail("there is no such text file");
  const edited = applyEdits(present.text, edits);
  if (!edited.ok) return edited;
  return succeed(
    edited.value === present.text ? [] : [{ kind: "write", path, text: edited.value }],
  );
}

async function planDeletion({ path }: FileChange, read: Read): Promise<Planned> {
  return succeed((await read(path)) === null ? [] : [{ kind: "remove", path }]);
}

async function planMove({ path, to, edits }: FileChange, read: Read): Promise<Planned> {
  if (to === null) return fail("the new path is not given");
  const [source, target] = [await read(path), await read(to)];
  if (source !== null && target !== null) return fail(`${to} is there already`);
  const present = source ?? target;
  if (present === null) return fail("there is no such file");
  const moves: Operation[] = source === null ? [] : [{ kind: "move", path, to }];
  if (edits.length === 0) return succeed(moves);
  if (present.kind !== "text") return fail("it is no text file");
  const edited = applyEdits(present.text, edits);
  if (!edited.ok) return edited;
  if (edited.value === present.text) return succeed(moves);
  return succeed([...moves, { kind: "write", path: to, text: edited.value }]);
}

function applyEdits(text: string, edits: FileChange["edits"]): Result<string, string> {
  let result = text;
  for (const { before, after } of edits) {
    if (before === "") return fail("an excerpt to replace is empty");
    const found = result.split(before).length - 1;
    if (found === 1) {
      // A function, because `$&` and its like in the new text are text.
      result = result.replace(before, () => after);
    } else if (found > 1) {
      return fail(`an excerpt stands there ${found} times: ${quoteStart(before)}`);
    } else if (after === "" || !result.includes(after)) {
      return fail(`an excerpt is not there: ${quoteStart(before)}`);
    }
  }
  return succeed(result);
}

const quoteStart = (excerpt: string): string => JSON.stringify(excerpt.slice(0, 80));
