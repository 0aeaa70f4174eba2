import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const names = {
  output: "GITHUB_OUTPUT",
  env: "GITHUB_ENV",
  path: "GITHUB_PATH",
  state: "GITHUB_STATE",
  summary: "GITHUB_STEP_SUMMARY",
} as const;

/** GitHub shows nothing of a summary that is larger. */
const SUMMARY_BYTES = 1_048_576;

export type StepFiles = {
  environment: Record<string, string>;
  /** What the step has written, once it has ended. Throws for a file that GitHub could not read either. */
  read(): {
    outputs: Record<string, string>;
    env: Record<string, string>;
    path: string[];
    summary: string;
  };
};

/** `name=value` lines and `name<<delimiter` blocks. */
function readPairs(file: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const block = /^([^=]+?)<<(.+)$/.exec(line);
    const equals = line.indexOf("=");
    if (block && (equals < 0 || equals > line.indexOf("<<"))) {
      const [, name = "", delimiter = ""] = block;
      const end = lines.indexOf(delimiter, at + 1);
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
      pairs[name] = lines.slice(at + 1, end).join("\n");
      at = end;
    } else if (equals > 0) pairs[line.slice(0, equals)] = line.slice(equals + 1);
    else throw new Error(`Invalid format '${line}'`);
  }
  return pairs;
}

/** The files by which a step speaks to the runner, fresh for each step. */
export function openStepFiles(folder: string, step: number): StepFiles {
  const files = Object.fromEntries(
    Object.entries(names).map(([kind, variable]) => {
      const file = join(folder, `${kind}_${step}`);
      writeFileSync(file, "");
      return [variable, file];
    }),
  );
  const file = (kind: keyof typeof names): string => files[names[kind]] ?? "";
  return {
    environment: files,
    read: () => {
      const summary = readFileSync(file("summary"), "utf8");
      if (Buffer.byteLength(summary) > SUMMARY_BYTES) {
        throw new Error(
          "$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k",
        );
      }
      return {
        outputs: readPairs(file("output")),
        env: readPairs(file("env")),
        path: readFileSync(file("path"), "utf8").split("\n").filter(Boolean),
        summary,
      };
    },
  };
}
