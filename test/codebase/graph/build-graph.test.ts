import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { ImportGraph, SourceFile } from "../../../src/codebase/codebase.ts";
import { buildGraph } from "../../../src/codebase/graph/build-graph.ts";
import { findGraphSettings } from "../../../src/codebase/graph/find-graph-settings.ts";
import { findManifests } from "../../../src/codebase/packages/find-manifests.ts";
import { readPackages } from "../../../src/codebase/packages/read-packages.ts";
import { type Drawn, drawFiles } from "./draw-files.ts";

type Drawing = Readonly<Record<string, Drawn | readonly string[]>>;
type Texts = Readonly<Record<string, unknown>>;

const build = (files: readonly SourceFile[], texts: Texts = {}): ImportGraph => {
  const written = Object.entries(texts).map(([path, value]) => ({
    path,
    text: typeof value === "string" ? value : JSON.stringify(value),
  }));
  const chosen = (paths: readonly string[]) => written.filter(({ path }) => paths.includes(path));
  const paths = written.map(({ path }) => path);
  return buildGraph(
    files,
    readPackages(chosen(findManifests(paths))),
    chosen(findGraphSettings(paths)),
  );
};

/** Edges of all files as `from → to {names}`. */
const trace = (drawing: Drawing, texts: Texts = {}): string[] => {
  const files = drawFiles(drawing);
  const graph = build(files, texts);
  return files.flatMap(({ path }) =>
    graph
      .importsOf(path)
      .map(({ from, to, names }) =>
        names.length === 1 && names[0] === "*"
          ? `${from} → ${to}`
          : `${from} → ${to} {${names.join(", ")}}`,
      ),
  );
};

test.each<[string, Drawing, Texts, string[]]>([
  [
    "endings, index files, what is written as JavaScript and stands there as TypeScript",
    {
      "a/m.ts": ["./b", "./c.js {x}", "../d", ".", "./none", "react", "./e.css?inline"],
      "a/b.tsx": [],
      "a/c.ts": [],
      "d/index.js": [],
      "a/index.ts": [],
      "a/e.css": [],
    },
    {},
    [
      "a/m.ts → a/b.tsx",
      "a/m.ts → a/c.ts {x}",
      "a/m.ts → d/index.js",
      "a/m.ts → a/index.ts",
      "a/m.ts → a/e.css",
    ],
  ],
  [
    "aliases of the nearest tsconfig, with comments, through extends and references",
    {
      "apps/web/src/a.ts": ["~lib/x", "@shared/y {y}"],
      "apps/web/src/lib/x.ts": [],
      "shared/src/y.ts": [],
      "apps/old/a.ts": ["util/z"],
      "apps/old/src/util/z.js": [],
    },
    {
      "tsconfig.base.json":
        '{ // all\n "compilerOptions": { "paths": { "@shared/*": ["./shared/src/*"], }, } }',
      "apps/web/tsconfig.json": { references: [{ path: "./tsconfig.app.json" }] },
      "apps/web/tsconfig.app.json": {
        extends: "../../tsconfig.base",
        compilerOptions: {
          paths: { "~lib/*": ["./src/lib/*"], "@shared/*": ["../../shared/src/*"] },
        },
      },
      "apps/old/jsconfig.json": { compilerOptions: { baseUrl: "src" } },
    },
    [
      "apps/old/a.ts → apps/old/src/util/z.js",
      "apps/web/src/a.ts → apps/web/src/lib/x.ts",
      "apps/web/src/a.ts → shared/src/y.ts {y}",
    ],
  ],
  [
    "settings that are a package of the workspace, with the folder of the asking file",
    { "packages/a/src/m.ts": ["@/n"], "packages/a/src/n.ts": [] },
    {
      "packages/tsconfig/package.json": { name: "@r/tsconfig" },
      "packages/tsconfig/base.json": {
        compilerOptions: { paths: { "@/*": [`\${configDir}/src/*`] } },
      },
      "packages/a/tsconfig.json": { extends: ["@r/tsconfig/base.json"] },
    },
    ["packages/a/src/m.ts → packages/a/src/n.ts"],
  ],
  [
    "packages of the workspace: exports with conditions and patterns, the source of what is built, custom entries",
    {
      "app/m.ts": ["@r/a {f}", "@r/a/deep/x", "@r/b", "@r/b/lib/y", "@r/c"],
      "packages/a/src/index.ts": [],
      "packages/a/src/deep/x.ts": [],
      "packages/b/src/main.ts": [],
      "packages/b/lib/y.js": [],
      "packages/c/index.js": [],
    },
    {
      "packages/a/package.json": {
        name: "@r/a",
        exports: {
          ".": { types: "./dist/index.d.ts", default: "./dist/index.mjs" },
          "./deep/*": "./dist/deep/*.js",
        },
      },
      "packages/b/package.json": { name: "@r/b", main: "build/main.js" },
      "packages/c/package.json": { name: "@r/c" },
    },
    [
      "app/m.ts → packages/a/src/index.ts {f}",
      "app/m.ts → packages/a/src/deep/x.ts",
      "app/m.ts → packages/b/src/main.ts",
      "app/m.ts → packages/b/lib/y.js",
      "app/m.ts → packages/c/index.js",
    ],
  ],
  [
    "inner names of a package, Vue and Svelte, folders that are one at run time",
    {
      "p/src/a.vue": ["#db", "./B.svelte"],
      "p/src/db.ts": [],
      "p/src/B.svelte": ["./gen"],
      "p/made/gen.ts": [],
    },
    {
      "p/package.json": { name: "p", imports: { "#db": { node: "./dist/db.js" } } },
      "p/tsconfig.json": { compilerOptions: { rootDirs: ["src", "made"] } },
    },
    ["p/src/B.svelte → p/made/gen.ts", "p/src/a.vue → p/src/db.ts", "p/src/a.vue → p/src/B.svelte"],
  ],
  [
    "Python: relative names, submodules against names of the package, src layouts, namespaces, scripts beside each other",
    {
      "src/shop/__init__.py": { imports: [".cart {Cart}"], declares: ["version"] },
      "src/shop/cart.py": [". {version, models}", ".models {Item}", "..other {x}"],
      "src/shop/models.py": ["os {path}"],
      "tests/test_cart.py": ["shop {Cart, models}", "shop.cart {Cart}", "helper"],
      "tests/helper.py": ["spaced.inner {z}"],
      "src/spaced/inner.py": [],
    },
    { "pyproject.toml": '[project]\nname = "shop"' },
    [
      "src/shop/__init__.py → src/shop/cart.py {Cart}",
      "src/shop/cart.py → src/shop/__init__.py {version}",
      "src/shop/cart.py → src/shop/models.py",
      "src/shop/cart.py → src/shop/models.py {Item}",
      "tests/helper.py → src/spaced/inner.py {z}",
      "tests/test_cart.py → src/shop/__init__.py {Cart}",
      "tests/test_cart.py → src/shop/models.py",
      "tests/test_cart.py → src/shop/cart.py {Cart}",
      "tests/test_cart.py → tests/helper.py",
    ],
  ],
  [
    "a module of the standard library is not taken for one that lies inside a package",
    { "shop/__init__.py": [], "shop/logging.py": [], "shop/app.py": ["logging"] },
    {},
    [],
  ],
  [
    "Go: files of the package that declare what is used, tests left out, neighbours without an import",
    {
      "main.go": { imports: ["example.org/shop/store", "fmt"], text: "store.OpenCart(x)" },
      "store/cart.go": { declares: ["OpenCart"], text: "func OpenCart() { newLine() }" },
      "store/line.go": { declares: ["newLine"], text: "func newLine() {}" },
      "store/cart_test.go": { declares: ["TestOpenCart"], text: "OpenCart()" },
    },
    { "go.mod": "module example.org/shop\n" },
    [
      "main.go → store/cart.go {OpenCart}",
      "store/cart.go → store/line.go {newLine}",
      "store/cart_test.go → store/cart.go {OpenCart}",
    ],
  ],
  [
    "Go: all files of the package where nothing tells which",
    {
      "main.go": ["example.org/shop/store"],
      "store/a.go": [],
      "store/b.go": [],
      "store/b_test.go": [],
    },
    { "go.mod": "module example.org/shop\n" },
    ["main.go → store/a.go", "main.go → store/b.go"],
  ],
  [
    "Rust: modules, crate, self, super, another crate of the workspace, an integration test",
    {
      "core/src/lib.rs": [">mod:cart", "> self::cart {Cart}"],
      "core/src/cart.rs": [">mod:line", "crate::money {Money, self}", "super::money::Money"],
      "core/src/cart/line.rs": ["super::Cart", "crate::money", "std::fmt"],
      "core/src/money/mod.rs": [],
      "core/tests/all.rs": [">mod:common", "shop_core::cart {Cart, line}"],
      "core/tests/common/mod.rs": [],
      "app/src/main.rs": ["shop_core::money::Money", "serde {Serialize}"],
    },
    {
      "core/Cargo.toml": '[package]\nname = "shop-core"',
      "app/Cargo.toml": '[package]\nname = "app"',
    },
    [
      "app/src/main.rs → core/src/money/mod.rs",
      "core/src/cart.rs → core/src/cart/line.rs",
      "core/src/cart.rs → core/src/money/mod.rs {Money, *}",
      "core/src/cart.rs → core/src/money/mod.rs",
      "core/src/cart/line.rs → core/src/cart.rs",
      "core/src/cart/line.rs → core/src/money/mod.rs",
      "core/src/lib.rs → core/src/cart.rs",
      "core/src/lib.rs → core/src/cart.rs {Cart}",
      "core/tests/all.rs → core/tests/common/mod.rs",
      "core/tests/all.rs → core/src/cart.rs {Cart}",
      "core/tests/all.rs → core/src/cart/line.rs",
    ],
  ],
  [
    "Java and Kotlin: classes, nested and static ones, the nearest of two, packages, neighbours and tests of a package",
    {
      "a/src/main/java/org/x/App.java": {
        imports: ["org.x.store.Cart", "static org.x.store.Cart.Line.of", "org.x.money.*"],
        text: "Money m; AppContext c",
      },
      "a/src/main/java/org/x/AppContext.java": { declares: ["AppContext"] },
      "a/src/main/java/org/x/store/Cart.java": { declares: ["Cart"] },
      "b/src/main/java/org/x/store/Cart.java": { declares: ["Cart"] },
      "a/src/main/java/org/x/money/Money.java": { declares: ["Money"] },
      "a/src/main/java/org/x/money/Tax.java": { declares: ["TaxRate"] },
      "a/src/test/java/org/x/AppTest.java": { text: "new AppContext()" },
      "k/src/M.kt": ["org.x.store.Cart", "org.x.text.shorten"],
      "k/src/org/x/text/Texts.kt": { declares: ["shorten"] },
    },
    {},
    [
      "a/src/main/java/org/x/App.java → a/src/main/java/org/x/AppContext.java {AppContext}",
      "a/src/main/java/org/x/App.java → a/src/main/java/org/x/store/Cart.java {Cart}",
      "a/src/main/java/org/x/App.java → a/src/main/java/org/x/store/Cart.java {Cart}",
      "a/src/main/java/org/x/App.java → a/src/main/java/org/x/money/Money.java {Money}",
      "a/src/test/java/org/x/AppTest.java → a/src/main/java/org/x/AppContext.java {AppContext}",
      "k/src/M.kt → a/src/main/java/org/x/store/Cart.java {Cart}",
      "k/src/M.kt → k/src/org/x/text/Texts.kt {shorten}",
    ],
  ],
  [
    "C#: namespaces wherever they are declared, and folders where none is known",
    {
      "App/Program.cs": {
        imports: ["Shop.Store", "System.Text", "Shop.Money", "Shop.Store.LineStore.Kind"],
        text: "var cart = new CartStore();",
      },
      "Core/CartStore.cs": { declares: ["namespace Shop.Store", "CartStore"] },
      "Core/LineStore.cs": { declares: ["namespace Shop.Store", "LineStore"] },
      "Lib/Shop/Money/Tax.cs": [],
    },
    {},
    [
      "App/Program.cs → Core/CartStore.cs {CartStore}",
      "App/Program.cs → Lib/Shop/Money/Tax.cs",
      "App/Program.cs → Core/LineStore.cs {LineStore}",
    ],
  ],
  [
    "Ruby: beside, below lib, of another gem",
    {
      "lib/shop.rb": ["shop/cart", "json"],
      "lib/shop/cart.rb": ["./line", "../shop"],
      "lib/shop/line.rb": [],
      "gems/tax/lib/tax.rb": [],
      "spec/cart_spec.rb": ["shop", "tax", "spec_helper"],
      "spec/spec_helper.rb": [],
    },
    {},
    [
      "lib/shop.rb → lib/shop/cart.rb",
      "lib/shop/cart.rb → lib/shop/line.rb",
      "lib/shop/cart.rb → lib/shop.rb",
      "spec/cart_spec.rb → lib/shop.rb",
      "spec/cart_spec.rb → gems/tax/lib/tax.rb",
      "spec/cart_spec.rb → spec/spec_helper.rb",
    ],
  ],
  [
    "Ruby without a require: a constant that one file alone declares; a word that is no name of several parts tells nothing",
    {
      "app/models/cart_line.rb": { declares: ["CartLine", "Runner"] },
      "app/controllers/carts_controller.rb": { text: "CartLine.new; the Runner runs" },
      "spec/cart_spec.rb": { declares: ["CartsHelper"], text: "CartLine" },
    },
    {},
    [
      "app/controllers/carts_controller.rb → app/models/cart_line.rb {CartLine}",
      "spec/cart_spec.rb → app/models/cart_line.rb {CartLine}",
    ],
  ],
  [
    "PHP in one namespace, and what a module or namespace holds",
    {
      "src/Client.php": { text: "HandlerStack::create()" },
      "src/HandlerStack.php": { declares: ["namespace GuzzleHttp", "HandlerStack"] },
    },
    {},
    ["src/Client.php → src/HandlerStack.php {HandlerStack}"],
  ],
  [
    "PHP: PSR-4 with the longest prefix first, groups, files",
    {
      "src/App.php": [
        "Shop\\Store\\Cart",
        "Shop\\Tests\\Fake",
        "Shop\\Store {Line, Cart}",
        "inc/setup.php",
        "Symfony\\Console\\App",
      ],
      "src/Store/Cart.php": [],
      "src/Store/Line.php": [],
      "tests/Fake.php": [],
      "src/inc/setup.php": [],
    },
    {
      "composer.json": {
        autoload: { "psr-4": { "Shop\\": "src/" } },
        "autoload-dev": { "psr-4": { "Shop\\Tests\\": ["tests/"] } },
      },
    },
    [
      "src/App.php → src/Store/Cart.php",
      "src/App.php → tests/Fake.php",
      "src/App.php → src/Store/Line.php {Line}",
      "src/App.php → src/Store/Cart.php {Cart}",
      "src/App.php → src/inc/setup.php",
    ],
  ],
  [
    "C and C++: beside, below include, by the end of the path, not the system's",
    {
      "src/a.cpp": ["./a.h", "./shop/b.h", "shop/b.h", "string.h", "./deep/c.hpp"],
      "src/a.h": [],
      "include/shop/b.h": [],
      "compat/string.h": [],
      "third/x/deep/c.hpp": [],
    },
    {},
    [
      "src/a.cpp → src/a.h",
      "src/a.cpp → include/shop/b.h",
      "src/a.cpp → include/shop/b.h",
      "src/a.cpp → third/x/deep/c.hpp",
    ],
  ],
])("%s", (_name, drawing, texts, expected) => {
  expect(trace(drawing, texts)).toEqual(expected);
});

test("importers come in the order of paths, and what hands on is told", () => {
  const files = drawFiles({ "z.ts": ["./m {a}"], "b.ts": ["> ./m"], "m.ts": ["./m"] });
  const edges = build(files).importersOf("m.ts");
  expect(edges.map(({ from, handsOn }) => [from, handsOn])).toEqual([
    ["b.ts", true],
    ["z.ts", false],
  ]);
});

test("a tsconfig that extends itself, and one that is no JSON, end nothing", () => {
  const drawing = { "a.ts": ["./b"], "b.ts": [] };
  expect(trace(drawing, { "tsconfig.json": { extends: "./tsconfig.json" } })).toEqual([
    "a.ts → b.ts",
  ]);
  expect(trace(drawing, { "tsconfig.json": "{{{", "package.json": "[1" })).toEqual(["a.ts → b.ts"]);
});

const name = fc.constantFrom("a", "b", "c", "index", "__init__", "mod", "lib");
const ending = fc.constantFrom(
  ".ts",
  ".js",
  ".py",
  ".go",
  ".rs",
  ".java",
  ".cs",
  ".rb",
  ".php",
  ".h",
  ".vue",
  ".kt",
);
const path = fc
  .tuple(fc.array(name, { maxLength: 3 }), name, ending)
  .map(([folders, stem, end]) => [...folders, stem + end].join("/"));
const specifier = fc.constantFrom(
  "./a",
  "../b",
  "a.b",
  "a::b",
  "crate::a",
  "super::super::super",
  "@/a",
  "#a",
  "a/b",
  "..",
  "....c",
  "<a.h>",
  "a\\b",
  "",
  "*",
  "m/a",
  "/../..",
  "$&",
  "a/*",
);

test("no edge leads to a file that is not there or to itself, and the order of files changes nothing", () => {
  const drawing = fc.dictionary(path, fc.array(specifier, { maxLength: 5 }), { maxKeys: 15 });
  const texts = {
    "go.mod": "module m\n",
    "Cargo.toml": '[package]\nname = "a"',
    "package.json": { name: "a", imports: { "#*": "./*" }, exports: { "./*": "./*" } },
    "tsconfig.json": { compilerOptions: { baseUrl: ".", paths: { "a/*": ["./*/a", "../../*"] } } },
  };
  fc.assert(
    fc.property(drawing, (drawn) => {
      const files = drawFiles(drawn);
      const graph = build(files, texts);
      const paths = new Set(files.map((file) => file.path));
      for (const file of files) {
        for (const edge of graph.importsOf(file.path)) {
          expect(paths.has(edge.to) && edge.to !== file.path).toBe(true);
          expect(graph.importersOf(edge.to)).toContainEqual(edge);
        }
      }
      const again = build(drawFiles(drawn), texts);
      expect(files.map((file) => again.importsOf(file.path))).toEqual(
        files.map((file) => graph.importsOf(file.path)),
      );
    }),
    { numRuns: 200 },
  );
});

test("100,000 files take seconds", () => {
  const drawing: Record<string, Drawn> = {};
  for (let at = 0; at < 50_000; at += 1) {
    const imports = [1, 2].map((step) => `../d${(at + step) % 1000}/f${(at + step) % 50_000}.js`);
    drawing[`src/d${at % 1000}/f${at}.ts`] = { imports: [...imports, "react", "@r/none", "@/x/y"] };
    drawing[`go/p${at % 2500}/f${at}.go`] = {
      imports: [`m/p${(at + 1) % 2500}`, "fmt"],
      declares: [`openThing${at}`, `ThingNumber${at}`],
      text: `ThingNumber${at + 1} openThing${at + 2500}`,
    };
  }
  const files = drawFiles(drawing);
  const start = process.cpuUsage();
  const graph = build(files, {
    "go/go.mod": "module m\n",
    "tsconfig.json": { compilerOptions: { baseUrl: "." } },
  });
  expect(graph.importsOf("go/p0/f0.go").map(({ to }) => to)).toContain("go/p1/f1.go");
  expect(graph.importsOf("src/d0/f0.ts")).toHaveLength(2);
  // Of the processor, not of the clock: other work of a busy machine does not count.
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(20);
}, 180_000);
