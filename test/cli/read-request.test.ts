import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parseModelChoices } from "../../src/cli/parse-model-choices.ts";
import { REQUEST_BYTES, readRequest } from "../../src/cli/read-request.ts";

const folder = mkdtempSync(join(tmpdir(), "archwright-request-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe("what --issue names", () => {
  test.each([
    ["a request in quotes", "Add a CSV export", "Add a CSV export", "Add a CSV export"],
    [
      "its first line is the title, heading marks apart",
      "## Add CSV\n\nfor Bob",
      "Add CSV",
      "## Add CSV\n\nfor Bob",
    ],
    ["line ends are made one kind", "Add CSV\r\n\r\nfor Bob", "Add CSV", "Add CSV\n\nfor Bob"],
  ])("%s", async (_name, argument, title, body) => {
    expect(await readRequest(argument)).toEqual({ ok: true, value: { kind: "text", title, body } });
  });

  test.each([
    ["12", 12],
    ["#7", 7],
  ])("%s is a feature's number", async (argument, issue) => {
    expect(await readRequest(argument)).toEqual({ ok: true, value: { kind: "existing", issue } });
  });

  test("a file is read as UTF-8, a byte order mark apart", async () => {
    const path = file("request.md", "\uFEFF# Naïve\nbody");
    expect(await readRequest(path)).toEqual({
      ok: true,
      value: { kind: "text", title: "Naïve", body: "# Naïve\nbody" },
    });
  });

  test.each([
    ["a single word that is no file is a mistyped path", "reqest.md", "issue-not-found"],
    ["a folder", tmpdir(), "issue-not-found"],
    ["nothing", "   ", "issue-empty"],
    ["a name that no file system takes", `a b${"x".repeat(70_000)}`, "issue-too-large"],
  ])("%s → %s", async (_name, argument, reason) => {
    expect(await readRequest(argument)).toMatchObject({ ok: false, failure: { reason } });
  });

  test("files that cannot be a request are refused by what they are", async () => {
    const large = file("large.md", "x".repeat(REQUEST_BYTES + 1));
    const binary = file("binary.md", new Uint8Array([0x61, 0, 0x62]));
    const latin = file("latin.md", new Uint8Array([0x63, 0x61, 0x66, 0xe9]));
    const empty = file("empty.md", "\n\n");
    const reasons = await Promise.all([large, binary, latin, empty].map(readRequest));
    expect(reasons.map((one) => (one.ok ? "ok" : one.failure.reason))).toEqual([
      "issue-too-large",
      "not-text",
      "not-text",
      "issue-empty",
    ]);
  });
});

describe("--model", () => {
  test("names the model of a role, or of all that are not named", () => {
    const chosen = parseModelChoices(["builder=ollama:qwen3:32b", "anthropic:claude-opus-5-5"]);
    expect(chosen).toEqual({
      ok: true,
      value: {
        architect: "anthropic:claude-opus-5-5",
        validator: "anthropic:claude-opus-5-5",
        builder: "ollama:qwen3:32b",
        reviewer: "anthropic:claude-opus-5-5",
        coach: "anthropic:claude-opus-5-5",
      },
    });
  });

  test.each(["nothing", "painter=anthropic:x", "builder=", "=a:b"])(
    "%s is a wrong call",
    (choice) => {
      expect(parseModelChoices([choice])).toMatchObject({
        ok: false,
        failure: { reason: "bad-usage" },
      });
    },
  );
});
