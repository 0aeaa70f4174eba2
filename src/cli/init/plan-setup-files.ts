/** A file that `init` owns, as it should be. */
export type SetupFile = { path: string; text: string; what: string };

/** What is to be done with one: nothing, write it, or replace what a person may have changed. */
export type PlannedFile = SetupFile & {
  action: "unchanged" | "create" | "replace";
  before: string;
};

/** Line ends and blank lines at the end are no difference. */
const sameText = (one: string, other: string): boolean =>
  one.replaceAll("\r\n", "\n").trimEnd() === other.replaceAll("\r\n", "\n").trimEnd();

/** Compares what should be with what is there. Running `init` twice plans nothing the second time. */
export function planSetupFiles(
  wanted: readonly SetupFile[],
  present: ReadonlyMap<string, string>,
): PlannedFile[] {
  return wanted.map((file) => {
    const before = present.get(file.path);
    if (before === undefined) return { ...file, action: "create", before: "" };
    const action = sameText(before, file.text) ? "unchanged" : "replace";
    return { ...file, action, before };
  });
}
