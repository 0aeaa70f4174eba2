import { expect, test } from "@jest/globals";
import { isLedgerAuthor } from "../../src/ledger/ledger-author.ts";

const bot = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>";

test.each([
  [bot, [bot], true],
  [bot, ["41898282+github-actions[bot]@users.noreply.github.com"], true],
  [bot, ["github-actions[bot]"], true],
  [bot.replace("github-actions[bot] ", "renamed "), ["github-actions[bot]"], true],
  [bot, ["other[bot]", "github-actions"], false],
  [bot, [], false],
  ["github-actions[bot] <mallory@example.org>", ["github-actions[bot]"], false],
  ["x <github-actions[bot]@users.noreply.github.com>", ["github-actions[bot]"], false],
  [
    "41898282+github-actions[bot]@users.noreply.github.com <m@x>",
    [bot, "github-actions[bot]"],
    false,
  ],
])("%s by %j: %s", (person, authors, expected) => {
  expect(isLedgerAuthor(person, authors)).toBe(expected);
});
