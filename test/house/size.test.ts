import { expect, test } from "@jest/globals";
import { findFunctions, readSources } from "./read-sources.ts";

const MOST_LINES_OF_A_FILE = 300;
const MOST_LINES_OF_A_FUNCTION = 50;

const sources = readSources("src", "action");

test(`no source is longer than ${MOST_LINES_OF_A_FILE} lines`, () => {
  const offenders = sources
    .filter((source) => source.lines > MOST_LINES_OF_A_FILE)
    .map((source) => `${source.path} has ${source.lines} lines`);
  expect(offenders).toEqual([]);
});

test(`no function is longer than ${MOST_LINES_OF_A_FUNCTION} lines, flat switches apart`, () => {
  const offenders = sources
    .flatMap(findFunctions)
    .filter((item) => item.lines > MOST_LINES_OF_A_FUNCTION && !item.switchOnly)
    .map((item) => `${item.path}:${item.line} ${item.name} has ${item.lines} lines`);
  expect(offenders).toEqual([]);
});

test("files are named in kebab-case, and no drawer is called utils or helpers", () => {
  const offenders = sources
    .map((source) => source.path)
    .filter(
      (path) =>
        !/^[a-z0-9-]+\.ts$/.test(path.split("/").at(-1) ?? "") ||
        /(utils?|helpers?|misc|common-stuff)\b/.test(path),
    );
  expect(offenders).toEqual([]);
});
