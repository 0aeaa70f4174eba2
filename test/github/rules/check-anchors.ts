import { diffFiles, listAnchors } from "../git/diff.ts";
import { Refusal } from "../refusal.ts";
import type { Pull, World } from "../world.ts";

export type Anchor = {
  path: string;
  body: string;
  line?: number;
  side?: "LEFT" | "RIGHT";
  start_line?: number;
  start_side?: "LEFT" | "RIGHT";
  position?: number;
  subject_type?: "line" | "file";
};

const offDiff = (...errors: string[]): Refusal => new Refusal(422, "Unprocessable Entity", errors);

/** The part of a patch that a comment at a line shows: its hunk down to the line. */
function hunkOf(patch: string, index: number): string {
  const hunks = patch.split(/^(?=@@ )/m);
  return (hunks[index] ?? "").replace(/\n$/, "");
}

function checkAnchor(world: World, pull: Pull, commit: string, anchor: Anchor): string {
  const file = diffFiles(world.objects, pull.baseSha, commit).find(
    (one) => one.path === anchor.path,
  );
  if (!file) throw offDiff("Path could not be resolved");
  if (String(anchor.body ?? "").trim() === "") throw offDiff("Body can't be blank");
  if (anchor.subject_type === "file") return "";
  if (file.patch === null) throw offDiff("Line could not be resolved");
  if (anchor.line === undefined) {
    if (anchor.position !== undefined) return hunkOf(file.patch, 0);
    throw offDiff("Line could not be resolved");
  }
  const anchors = listAnchors(file.patch);
  const hunk = anchors[anchor.side ?? "RIGHT"].get(anchor.line);
  if (hunk === undefined) {
    throw offDiff(
      "Pull request review thread line must be part of the diff",
      "Diff hunk can't be blank",
    );
  }
  if (anchor.start_line !== undefined) {
    const start = anchors[anchor.start_side ?? anchor.side ?? "RIGHT"].get(anchor.start_line);
    const isBefore = anchor.start_line < anchor.line;
    if (start !== hunk || !isBefore) {
      throw offDiff(
        "Pull request review thread start line must be part of the same hunk as the line.",
      );
    }
  }
  return hunkOf(file.patch, hunk);
}

/** One anchor off the diff refuses the whole review. Answers the hunk of each. */
export const checkAnchors = (
  world: World,
  pull: Pull,
  commit: string,
  anchors: readonly Anchor[],
): string[] => anchors.map((anchor) => checkAnchor(world, pull, commit, anchor));
