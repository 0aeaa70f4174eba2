import { readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Parser, Language as TreeLanguage } from "web-tree-sitter";
import type { Language } from "../../../src/codebase/codebase.ts";
import { beginRuntime } from "../../../src/codebase/outline/begin-runtime.ts";
import {
  type BodyStyle,
  ecmascriptBodies,
  goBodies,
  javaBodies,
  rustBodies,
} from "../../../src/codebase/outline/bodies/body-style.ts";
import { findBodies } from "../../../src/codebase/outline/bodies/find-bodies.ts";
import { leaveOutBodies } from "../../../src/codebase/outline/bodies/leave-out-bodies.ts";
import { bindRules, type LanguageRules } from "../../../src/codebase/outline/grammar.ts";
import { rulesByLanguage } from "../../../src/codebase/outline/languages/rules-by-language.ts";
import { outlineByTree, type TreeReader } from "../../../src/codebase/outline/outline-by-tree.ts";
import { grammarFile, runtimeFile } from "./outline-rows.ts";

const LONG = "/* as long as a body has to be to be worth leaving out, and some more */";

/** What would be left out, each trimmed; null where all is read. */
const inside = (text: string, style: BodyStyle): string[] | null =>
  findBodies(text, style)?.map(({ start, end }) =>
    text.slice(start, end).replace(LONG, "").replace(/\s+/g, " ").trim(),
  ) ?? null;

describe("what is left out", () => {
  test.each<[string, BodyStyle, string, string[] | null]>([
    ["a method", javaBodies, `class A { void f() { g();${LONG} } }`, ["g();"]],
    ["not a class in a class", javaBodies, `class A { class B { int a; ${LONG} } }`, []],
    ["not the members of a record", javaBodies, `record A(int a) { static int b;${LONG} }`, []],
    [
      "a method after words of a class in a comment",
      javaBodies,
      `class A { /** This class. */ void f() throws E { g();${LONG} } }`,
      ["g();"],
    ],
    [
      "braces in texts and characters are none",
      javaBodies,
      `class A { void f() { s = "}" + '}' + """ } " """;${LONG} } int b; }`,
      [`s = "}" + '}' + """ } " """;`],
    ],
    ["nothing where braces do not close", javaBodies, `class A { void f() { ${LONG}`, null],
    [
      "nothing where a quote may be an escape",
      javaBodies,
      'class A { String s = "\\u0022; }',
      null,
    ],
    ["a function", goBodies, `func (a *A) F(b func() int) (int, error) {\n g()${LONG}\n}`, ["g()"]],
    ["not the fields of a struct", goBodies, `type A struct {\n F func(int)\n ${LONG}\n}`, []],
    ["not what follows from a type", goBodies, `func f() interface{} {\n g()${LONG}\n}`, []],
    ["raw texts", goBodies, `func f() {\n g(\`}"\`)${LONG}\n}`, ['g(`}"`)']],
    ["lifetimes", rustBodies, `impl<'a> A<'a> { fn f(&'a self) { g('}');${LONG} } }`, ["g('}');"]],
    ["raw texts with marks", rustBodies, `fn f() { g(r#"}"}"#);${LONG} }`, ['g(r#"}"}"#);']],
    [
      "comments in comments",
      rustBodies,
      `fn f() { /* /* } */ } */ g();${LONG} }`,
      ["/* /* } */ } */ g();"],
    ],
    ["not what uses a module", rustBodies, `fn f() { use a::b;${LONG} }`, []],
    ["not a module", rustBodies, `mod tests { fn_like! { a }${LONG} }`, []],
    [
      "arrows and functions",
      ecmascriptBodies,
      `const a = () => { b();${LONG} }; function c() { d();${LONG} }`,
      ["b();", "d();"],
    ],
    [
      "methods with a type",
      ecmascriptBodies,
      `class A { f(a: B): Promise<C> { d();${LONG} } }`,
      ["d();"],
    ],
    [
      "not the class that is made by a call",
      ecmascriptBodies,
      `class A extends mixin(B) { c = 1;${LONG} }`,
      [],
    ],
    ["not a condition", ecmascriptBodies, `if (a()) { exports.b = 1;${LONG} }`, []],
    [
      "not a block after a call that no semicolon ends",
      ecmascriptBodies,
      `a()\n{ type B = 1;${LONG} }`,
      [],
    ],
    [
      "not what is required inside",
      ecmascriptBodies,
      `function a() { const b = require("c");${LONG} }`,
      [],
    ],
    [
      "templates with code in them",
      ecmascriptBodies,
      `function a() { b(\`}\${c({ d: \`}\` })}\`);${LONG} }`,
      [`b(\`}\${c({ d: \`}\` })}\`);`],
    ],
    [
      "patterns with quotes",
      ecmascriptBodies,
      `function a() { b(/["'}]/, c / d);${LONG} }`,
      ["b(/[\"'}]/, c / d);"],
    ],
    [
      "nothing where tags are",
      ecmascriptBodies,
      `const a = () => { return <p>Don't {</p>;${LONG} };`,
      null,
    ],
  ])("%s", (_what, style, text, left) => {
    expect(inside(text, style)).toEqual(left);
  });

  test("the rest is told by place, row and column", () => {
    const text = `class A {\n  void f() {${LONG}\n  }\n  int b;\n}\n`;
    expect(leaveOutBodies(text, javaBodies)).toEqual([
      {
        startIndex: 0,
        endIndex: 22,
        startPosition: { row: 0, column: 0 },
        endPosition: { row: 1, column: 12 },
      },
      {
        startIndex: text.indexOf("}"),
        endIndex: text.length,
        startPosition: { row: 2, column: 2 },
        endPosition: { row: 5, column: 0 },
      },
    ]);
  });

  test("little is not worth it", () => {
    expect(
      leaveOutBodies(`class A { void f() {} ${"int a; ".repeat(100)} }`, javaBodies),
    ).toBeNull();
  });
});

async function readerOf(language: Language): Promise<{ all: TreeReader; some: TreeReader }> {
  const { restoreStack } = await beginRuntime(() => readFile(runtimeFile()));
  const loaded = await TreeLanguage.load(await readFile(grammarFile(language)));
  const makeParser = () => new Parser().setLanguage(loaded);
  const { bodies, ...rest } = rulesByLanguage[language];
  if (bodies === undefined) throw new Error(`${language} leaves nothing out`);
  const of = (rules: LanguageRules): TreeReader => ({
    ...{ parser: makeParser(), makeParser, restoreStack, rules },
    grammar: bindRules(loaded, rules),
  });
  return { all: of(rest), some: of({ ...rest, bodies }) };
}

const line = (words: string) => `${words}\n${LONG}\n`;
const inner = {
  java: [
    `g("}");`,
    `char c = '{';`,
    "// }\n",
    "/* { */",
    "if (a) { b(); } else { c(); }",
    "new A() { void h() {} };",
    `t = """\n } "\n""";`,
    "class L { int x; }",
  ],
  go: [
    'g("}")',
    "r := '{'",
    "// }\n",
    "/* { */",
    "if a { b() } else { c() }",
    "x := struct{ A int }{1}",
    "g(`}`)",
    "type L struct { X int }",
  ],
  rust: [
    'g("}\\"");',
    "let c = '{';",
    "// }\n",
    "/* { /* } */ */",
    "if a { b() } else { c() }",
    'let x: &\'static str = r#"}"#;',
    "struct L { x: u8 }",
    "let f = |a| { a };",
  ],
  typescript: [
    'g("}");',
    "const r = /[{]'/;",
    "// }\n",
    "/* { */",
    "if (a) { b(); } else { c(); }",
    `const t = \`}\${a({})}\`;`,
    "const o = { p() { return 1; } };",
    "class L { x = 1; }",
    "a = b / c;",
  ],
} as const;
const outer = {
  java: (body: string) => [
    `class A extends B { @Old("}") public int f(int a) throws E { ${body} } int n; }`,
    `interface I { default void f() { ${body} } int M = 1; class N { void g() { ${body} } } }`,
    `enum E { X(1) { void h() { ${body} } }, Y; E() { ${body} } }`,
    `record R(int a) { R { ${body} } static int s() { ${body} } }`,
  ],
  go: (body: string) => [
    `func F(a int) (b int, err error) {\n${body}\n}`,
    `func (t *T) M() {\n${body}\n}`,
    "type T struct {\n A func(int) error\n B interface{}\n}",
    `var v = func() int {\n${body}\nreturn 1\n}()`,
  ],
  rust: (body: string) => [
    `impl<'a> T<'a> { pub fn m(&'a self) -> u8 { ${body} } const C: u8 = 1; }`,
    `mod n { pub fn f() where u8: Copy { ${body} } pub struct P { pub a: u8 } }`,
    `trait Q { fn d(&self) { ${body} } fn e(&self); }`,
    `macro_rules! mm { () => { fn x() { ${body} } } }`,
  ],
  typescript: (body: string) => [
    `export class A extends mixin(B) implements I { private x = 1; async f(a: { b: 1 }): Promise<void> { ${body} } get y() { ${body} } z = () => { ${body} }; }`,
    `export function f(a = {}) { ${body} }`,
    `export const o = { m() { ${body} }, n: function () { ${body} }, k: 1 };`,
    `if (dev) { exports.a = function () { ${body} }; } else { module.exports = { b() { ${body} } }; }`,
    `namespace N { export function g(): string { ${body} } export type T = { u: () => { v: 1 } }; }`,
  ],
} as const;

describe.each(["java", "go", "rust", "typescript"] as const)(
  "leaving bodies out of %s",
  (language) => {
    test("changes nothing that is told of a file", async () => {
      const { all, some } = await readerOf(language);
      const bodies = fc.array(fc.constantFrom(...inner[language]), { maxLength: 5 });
      const files = fc.array(fc.tuple(bodies, fc.nat(10)), { minLength: 1, maxLength: 5 });
      fc.assert(
        fc.property(files, fc.boolean(), (parts, torn) => {
          const pieces = parts.map(([body, which]) => {
            const made = outer[language](line(body.join("\n")));
            return made[which % made.length] ?? "";
          });
          const whole = pieces.join("\n");
          const text = torn ? whole.slice(0, Math.floor(whole.length * 0.8)) : whole;
          const request = { path: "a.ts", language, text };
          expect(outlineByTree(some, request)).toEqual(outlineByTree(all, request));
        }),
        { numRuns: 300 },
      );
    });
  },
);

describe("what signs alone get wrong is read as a whole", () => {
  const rows: [string, Language, string][] = [
    [
      "a brace among the bases",
      "typescript",
      `class A extends mixin({ a: 1 }) { foo() {} bar = 1; ${LONG} }`,
    ],
    [
      "a function among the bases",
      "typescript",
      `class A extends f(() => { b(); }) { foo() {} bar = 1; ${LONG} }`,
    ],
    [
      "an object after a declaration without a semicolon",
      "typescript",
      `declare function f(a: string): void\nexport default { data() {}, b: 1, ${LONG} }`,
    ],
    [
      "a comment in a condition",
      "javascript",
      `if /* c */ (a) { exports.b = function () {}; ${LONG} }`,
    ],
    [
      "a division after an operator",
      "javascript",
      `function f() { ${LONG} for (;;) a++/2 }exports.b = function () {};function g() { return 3/4 }`,
    ],
    [
      "a pattern after a condition",
      "javascript",
      `function f(a) { if (a) /{/.test(b); ${LONG} }\nexports.x = 1;\nfunction g(a) { if (a) /}/.test(b); ${LONG} }`,
    ],
    [
      "an annotation in the head of a record",
      "java",
      `record P(@Ann({1, 2}) int x) { int foo() { return 1; } ${LONG} }`,
    ],
    [
      "an annotation among the bases",
      "java",
      `class A extends @Ann({1}) B { int foo() { return 1; } int b; ${LONG} }`,
    ],
    [
      "a type of functions",
      "rust",
      `impl From<fn(u8) -> u8> for A { fn from(f: u8) -> A { A } ${LONG} }`,
    ],
    [
      "a word in a comment",
      "rust",
      `#[derive(Debug)]\n/// Holds the fn to call.\npub struct A { a: i32, b: u8, ${LONG} }`,
    ],
    [
      "a label before a character",
      "rust",
      `fn f() { 'a: loop { break 'a '{'; } ${LONG} }\npub struct B { c: u8 }\nfn g() { 'a: loop { break 'a '}'; } ${LONG} }`,
    ],
  ];
  test.each(rows)("%s (%s)", async (_what, language, text) => {
    const { all, some } = await readerOf(language);
    const request = { path: "a", language, text };
    expect(outlineByTree(some, request)).toEqual(outlineByTree(all, request));
  });
});
