/** How tests look in a family of languages. All patterns are global and run over source without comments. */
export type TestLanguage = {
  /** A test case; the first group of `titles` is its name. */
  cases: RegExp;
  titles: RegExp;
  assertions: RegExp;
  /** Marks that keep a test from running. */
  skipped: RegExp;
  /** Marks that keep all *other* tests from running; null where the language has none. */
  only: RegExp | null;
  /** Assertions that hold whatever the code does. */
  trivial: RegExp;
  /** Assertions that hold for nearly every value, and those that compare. */
  loose: RegExp | null;
  strict: RegExp | null;
};

const CASE = String.raw`(?<![.\w$])(?:it|test|xit|xtest|fit)(?:\.\w+)*`;

const javascript: TestLanguage = {
  cases: new RegExp(String.raw`${CASE}\s*(?:\(|\x60)`, "g"),
  titles: new RegExp(String.raw`${CASE}\s*\(\s*(["'\x60])(.*?)\1`, "g"),
  assertions:
    /(?<![.\w$])(?:expect|assert(?:\.\w+)*|t\.(?:is|deepEqual|true|false|throws\w*))\s*\(/g,
  skipped:
    /(?<![.\w$])(?:(?:it|test|describe|context|suite)(?:\.\w+)*\.(?:skip|skipIf|todo|fixme|failing)\b|(?:xit|xtest|xdescribe)\b)/g,
  only: /(?<![.\w$])(?:(?:it|test|describe|context|suite)(?:\.\w+)*\.only\b|(?:fit|fdescribe)\s*\()/g,
  trivial:
    /expect\(\s*(true|false|null|undefined|\d+|"[^"\n]*"|'[^'\n]*')\s*\)\.(?:toBe|toEqual|toStrictEqual)\(\s*\1\s*\)|expect\(\s*(?:true|1)\s*\)\.toBeTruthy\(|(?<![.\w$])assert(?:\.ok)?\(\s*(?:true|1)\s*[,)]|assert\.(?:strictEqual|equal|deepEqual)\(\s*(true|false|\d+)\s*,\s*\2\s*[,)]|\|\|\s*true\s*\)/g,
  loose: /\.(?:toBeTruthy|toBeDefined|toBeFalsy|not\.toBeNull|not\.toBeUndefined|not\.toThrow)\b/g,
  strict:
    /\.(?:toBe|toEqual|toStrictEqual|toMatchObject|toContain\w*|toHave\w+|toThrow\w*|toMatch|strictEqual|deepEqual|deepStrictEqual|rejects|throws)\b/g,
};

const python: TestLanguage = {
  cases: /^[ \t]*(?:async[ \t]+)?def[ \t]+test\w*[ \t]*\(/gm,
  titles: /^[ \t]*(?:async[ \t]+)?def[ \t]+(test(\w*))[ \t]*\(/gm,
  assertions: /(?<![.\w])assert\b|self\.assert\w+\(|self\.fail\w*\(|pytest\.raises\(/g,
  skipped:
    /@(?:pytest\.mark|mark)\.(?:skip|skipif|xfail)\b|@(?:unittest\.)?(?:skip|skipIf|skipUnless|expectedFailure)\b|pytest\.(?:skip|xfail)\(|self\.skipTest\(/g,
  only: null,
  trivial:
    /(?<![.\w])assert[ \t]+(?:True|1|not False)\b[ \t]*(?:,|$|#)|self\.assertTrue\([ \t]*True[ \t]*[,)]|self\.assertEqual\([ \t]*(\w+)[ \t]*,[ \t]*\1[ \t]*[,)]|\bor[ \t]+True\b/gm,
  loose: /\bis[ \t]+not[ \t]+None\b|assertIsNotNone\(/g,
  strict: /==|!=|<=|>=|assertEqual\(|assertRaises|pytest\.raises/g,
};

const compiled: TestLanguage = {
  cases:
    /^func[ \t]+Test\w*[ \t]*\(|#\[(?:\w+::)*test(?:\([^)\n]*\))?\]|@(?:Test|ParameterizedTest)\b|\[(?:Fact|Theory|Test|TestMethod|TestCase)\b/gm,
  titles: /^(func)[ \t]+(Test\w*)[ \t]*\(|\bfn[ \t]+()(\w+)[ \t]*\(/gm,
  assertions:
    /\bassert\w*!?[ \t]*\(|\bassert\.\w+\(|\brequire\.\w+\(|\bAssert\.\w+\(|\bassertThat\(|\bt\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(/g,
  skipped: /\bt\.Skip(?:f|Now)?\(|#\[ignore\b|@(?:Disabled|Ignore)\b|\[Ignore\b|Skip[ \t]*=/g,
  only: null,
  trivial:
    /\bassert!\([ \t]*true[ \t]*[,)]|\bassert_eq!\([ \t]*(\w+)[ \t]*,[ \t]*\1[ \t]*[,)]|\bassertTrue\([ \t]*true[ \t]*\)|\b(?:assert|require)\.True\([ \t]*t[ \t]*,[ \t]*true[ \t]*\)|Assert\.(?:True|IsTrue)\([ \t]*true[ \t]*\)/g,
  loose: null,
  strict: null,
};

/** The patterns for a file, by its ending; JavaScript's where the ending is unknown. */
export function findTestLanguage(path: string): TestLanguage {
  if (/\.py$/.test(path)) return python;
  if (/\.(go|rs|java|kt|kts|scala|cs|fs|swift)$/.test(path)) return compiled;
  return javascript;
}
