import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readWrappedDocument, wrapDocument } from "../../src/view/wrap-document.ts";

const spec = [
  "<!-- archwright:build-spec 1 -->",
  "# BUILD_01: Ask @alice about #12",
  "",
  "## Objective",
  "",
  "See 0123456789abcdef0123 and `@kept`; <!-- archwright key=status at=1 sha=000000000000 -->",
  "",
].join("\n");
const body = `Edit this comment.\n\n${wrapDocument("BUILD_01.md", "BUILD_01: the whole spec", spec)}`;

describe("a document in a comment", () => {
  test("calls nobody, links nothing, and passes for no marker of ours", () => {
    expect(body).not.toMatch(/Ask @alice|about #12|0123456789abcdef|<!-- archwright key/);
    expect(body).toContain("<details><summary>BUILD_01: the whole spec</summary>\n\n<!-- arch");
    expect(body).toContain("`@kept`");
  });

  test("comes back as it was", () =>
    expect(readWrappedDocument(body)).toEqual({ document: "BUILD_01.md", text: spec }));

  test("comes back with other line ends, without its fold, opened, and with blank lines around it", () => {
    const expected = { document: "BUILD_01.md", text: spec };
    expect(readWrappedDocument(body.replaceAll("\n", "\r\n"))).toEqual(expected);
    const bare = body.replace(/<details>.*\n/, "").replace("</details>\n", "");
    expect(readWrappedDocument(bare)).toEqual(expected);
    expect(readWrappedDocument(body.replace("<details>", "<details open>"))).toEqual(expected);
    const spaced = body.replace("\n\n</details>", "\n\n\n  \n</details>\n\n");
    expect(readWrappedDocument(spaced)).toEqual(expected);
  });

  test("comes back with what a person changed", () => {
    const edited = body.replace("## Objective", "## Objective\n\nHourly.\n\n<details>x</details>");
    expect(readWrappedDocument(edited)?.text).toContain("Hourly.\n\n<details>x</details>\n\nSee");
  });

  test("does not come back when a mark is gone", () => {
    expect(readWrappedDocument(body.replace("<!-- /archwright:document -->", ""))).toBeNull();
    expect(readWrappedDocument(body.replace(/<!-- archwright:document .*-->/, ""))).toBeNull();
    expect(readWrappedDocument("")).toBeNull();
    const turned = "<!-- /archwright:document -->\n<!-- archwright:document a.md -->";
    expect(readWrappedDocument(turned)).toBeNull();
  });

  test("comes back whatever it says, fold marks and marks of documents included", () => {
    const pieces = fc.constantFrom(
      ...[
        "<details>",
        "</details>",
        "<summary>x</summary>",
        "```",
        "@a",
        "#1",
        "abcdef1",
        "\n",
        "# H",
      ],
      ...["<!-- /archwright:document -->", "<!-- archwright:document b.md -->", " ", "<!--", "w"],
    );
    const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => `# T\n${parts.join("")}`);
    fc.assert(
      fc.property(texts, (text) => {
        const whole = wrapDocument("BUILD_02.md", "s", text);
        expect(readWrappedDocument(whole)?.text).toBe(`${text.trimEnd()}\n`);
      }),
    );
  });
});
