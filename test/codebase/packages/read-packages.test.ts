import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { findManifests } from "../../../src/codebase/packages/find-manifests.ts";
import { readPackages } from "../../../src/codebase/packages/read-packages.ts";

const read = (files: Record<string, string>) =>
  readPackages(Object.entries(files).map(([path, text]) => ({ path, text })));

/** Dependencies of all packages as short lines: `use name range = locked @line`. */
const tell = (files: Record<string, string>): string[] =>
  read(files).flatMap((one) =>
    one.dependencies.map(
      (need) =>
        `${need.use} ${need.name} ${need.range || "-"} = ${need.locked ?? "-"} @${need.manifest}:${need.line}`,
    ),
  );

const npmLock = JSON.stringify(
  {
    name: "root",
    lockfileVersion: 3,
    packages: {
      "": { name: "root", dependencies: { zod: "^4.1.0" } },
      "node_modules/zod": { version: "4.6.7", resolved: "x" },
      "node_modules/left/node_modules/zod": { version: "1.0.0" },
      "packages/a/node_modules/zod": { version: "3.2.1" },
    },
  },
  null,
  2,
);

const node = (value: unknown): string => JSON.stringify(value, null, 2);

test.each<[string, Record<string, string>, string[]]>([
  [
    "npm: each use, the lockfile of a workspace, a copy below another package passed over",
    {
      "package.json": node({
        name: "root",
        workspaces: ["packages/*"],
        dependencies: { zod: "^4.1.0" },
      }),
      "packages/a/package.json": node({
        name: "a",
        devDependencies: { zod: "^3" },
        peerDependencies: { react: ">=18" },
        optionalDependencies: { fsevents: "~2" },
      }),
      "package-lock.json": npmLock,
    },
    [
      "run zod ^4.1.0 = 4.6.7 @package.json:7",
      "development zod ^3 = 3.2.1 @packages/a/package.json:4",
      "peer react >=18 = - @packages/a/package.json:7",
      "optional fsevents ~2 = - @packages/a/package.json:10",
    ],
  ],
  [
    "yarn, first form: the version of the asked range",
    {
      "package.json": node({ dependencies: { ms: "^2.0.0", "@a/b": "1" } }),
      "yarn.lock":
        'ms@^1.0.0:\n  version "1.0.1"\n\nms@2.0.0, ms@^2.0.0:\n  version "2.1.3"\n\n"@a/b@1":\n  version "1.4.0"\n',
    },
    ["run ms ^2.0.0 = 2.1.3 @package.json:3", "run @a/b 1 = 1.4.0 @package.json:4"],
  ],
  [
    "yarn, later form",
    {
      "package.json": node({ dependencies: { ms: "^2.0.0" } }),
      "yarn.lock":
        '__metadata:\n  version: 8\n\n"ms@npm:^2.0.0, ms@npm:^2.1.1":\n  version: 2.1.3\n',
    },
    ["run ms ^2.0.0 = 2.1.3 @package.json:3"],
  ],
  [
    "pnpm: workspaces, peers in brackets, links",
    {
      "package.json": node({ devDependencies: { jest: "^30" } }),
      "packages/a/package.json": node({ dependencies: { jest: "^29", b: "workspace:*" } }),
      "pnpm-lock.yaml": `lockfileVersion: '9.0'
overrides:
  jest: 1.1.1
importers:
  .:
    devDependencies:
      jest:
        specifier: ^30
        version: 30.5.2(@types/node@24)
  packages/a:
    dependencies:
      b:
        specifier: workspace:*
        version: link:../b
      jest:
        specifier: ^29
        version: 29.7.0
packages:
  jest@28:
    version: 28.0.0
`,
    },
    [
      "development jest ^30 = 30.5.2 @package.json:3",
      "run jest ^29 = 29.7.0 @packages/a/package.json:3",
      "run b workspace:* = - @packages/a/package.json:4",
    ],
  ],
  [
    "Python: PEP 621, extras, groups and requirements.txt beside are one package; names are folded for the lockfile",
    {
      "pyproject.toml": `[project]
name = "shop"
dependencies = ["Flask>=2,<3", "ruamel.yaml[jinja2] ~= 0.18 ; python_version > '3.8'"]
[project.optional-dependencies]
redis = ["redis>=4"]
[dependency-groups]
dev = ["pytest", {include-group = "x"}]
`,
      "requirements-dev.txt":
        "# tools\n-r requirements.txt\nruff==0.5.0  # pinned\ngit+https://example.org/x.git\n",
      "uv.lock":
        '[[package]]\nname = "flask"\nversion = "2.3.3"\n\n[[package]]\nname = "ruamel-yaml"\nversion = "0.18.6"\n',
    },
    [
      "run Flask >=2,<3 = 2.3.3 @pyproject.toml:3",
      "run ruamel.yaml ~=0.18 = 0.18.6 @pyproject.toml:3",
      "optional redis >=4 = - @pyproject.toml:5",
      "development pytest - = - @pyproject.toml:7",
      "development ruff ==0.5.0 = - @requirements-dev.txt:3",
    ],
  ],
  [
    "Poetry",
    {
      "pyproject.toml": `[tool.poetry]
name = "shop"
[tool.poetry.dependencies]
python = "^3.11"
httpx = { version = "^0.27", optional = true }
[tool.poetry.group.dev.dependencies]
pytest = "^8"
`,
      "poetry.lock": '[[package]]\nname = "pytest"\nversion = "8.3.2"\n',
    },
    [
      "optional httpx ^0.27 = - @pyproject.toml:5",
      "development pytest ^8 = 8.3.2 @pyproject.toml:7",
    ],
  ],
  [
    "setup.cfg and setup.py, read and not run",
    {
      "a/setup.cfg":
        "[metadata]\nname = a\n[options]\ninstall_requires =\n    attrs>=20\n    six\n[options.extras_require]\ntest = pytest\n",
      "b/setup.py":
        "setup(\n  name='b',\n  install_requires=[\n    'click>=8',  # why\n    \"rich\",\n  ],\n)\n",
    },
    [
      "run attrs >=20 = - @a/setup.cfg:5",
      "run six - = - @a/setup.cfg:6",
      "development pytest - = - @a/setup.cfg:8",
      "run click >=8 = - @b/setup.py:4",
      "run rich - = - @b/setup.py:5",
    ],
  ],
  [
    "Go: blocks and single lines, replacements, indirect ones left out",
    {
      "go.mod": `module example.org/shop

require github.com/a/b v1.2.3
require (
	github.com/c/d v0.1.0
	github.com/e/f v1.0.0 // indirect
)
replace github.com/c/d => ../d
`,
    },
    ["run github.com/a/b v1.2.3 = v1.2.3 @go.mod:3", "run github.com/c/d ../d = - @go.mod:5"],
  ],
  [
    "Cargo: what the workspace says, renamed crates, two versions of one name",
    {
      "Cargo.toml":
        '[workspace]\nmembers = ["crates/*"]\n[workspace.dependencies]\nserde = { version = "1.0" }\n',
      "crates/a/Cargo.toml":
        '[package]\nname = "a"\n[dependencies]\nserde = { workspace = true }\nrand_old = { package = "rand", version = "0.7" }\n[dev-dependencies]\nproptest = "1"\n',
      "Cargo.lock":
        '[[package]]\nname = "rand"\nversion = "0.8.5"\n\n[[package]]\nname = "rand"\nversion = "0.7.3"\n\n[[package]]\nname = "serde"\nversion = "1.0.200"\n',
    },
    [
      "run serde 1.0 = 1.0.200 @Cargo.toml:4",
      "run serde 1.0 = 1.0.200 @crates/a/Cargo.toml:4",
      "run rand 0.7 = 0.7.3 @crates/a/Cargo.toml:5",
      "development proptest 1 = - @crates/a/Cargo.toml:7",
    ],
  ],
  [
    "Maven: properties and managed versions of the parent",
    {
      "pom.xml":
        "<project><artifactId>parent</artifactId><properties><jackson.version>2.17.0</jackson.version></properties>\n<dependencyManagement><dependencies><dependency><groupId>org.junit</groupId><artifactId>junit</artifactId><version>5.1</version></dependency></dependencies></dependencyManagement></project>",
      "core/pom.xml": `<project>\n<parent><artifactId>parent</artifactId></parent>\n<!-- <dependency> -->\n<artifactId>core</artifactId>\n<dependencies>\n<dependency><groupId>com.x</groupId><artifactId>jackson</artifactId><version>\${jackson.version}</version></dependency>\n<dependency><groupId>org.junit</groupId><artifactId>junit</artifactId><scope>test</scope></dependency>\n</dependencies></project>`,
    },
    [
      "run com.x:jackson 2.17.0 = - @core/pom.xml:6",
      "development org.junit:junit 5.1 = - @core/pom.xml:7",
    ],
  ],
  [
    "Gradle: literal coordinates and the version catalog above",
    {
      "app/build.gradle.kts":
        'dependencies {\n  implementation("com.squareup.okio:okio:3.9.0")\n  testImplementation(libs.junit.jupiter)\n  // implementation("no:no:1")\n}\n',
      "gradle/libs.versions.toml":
        '[versions]\njunit = "5.10.0"\n[libraries]\njunit-jupiter = { module = "org.junit.jupiter:junit-jupiter", version.ref = "junit" }\n',
    },
    [
      "run com.squareup.okio:okio 3.9.0 = - @app/build.gradle.kts:2",
      "development org.junit.jupiter:junit-jupiter 5.10.0 = - @app/build.gradle.kts:3",
    ],
  ],
  [
    ".NET: versions kept in one place, and the lockfile",
    {
      "Directory.Packages.props":
        '<Project><ItemGroup><PackageVersion Include="Serilog" Version="3.1.1" /></ItemGroup></Project>',
      "src/App/App.csproj":
        '<Project Sdk="Microsoft.NET.Sdk">\n<ItemGroup>\n<PackageReference Include="Serilog" />\n<PackageReference Include="xunit" Version="2.9.0" PrivateAssets="all" />\n</ItemGroup>\n</Project>',
      "src/App/packages.lock.json": node({
        dependencies: {
          net8: { Serilog: { type: "Direct", requested: "[3.1.1, )", resolved: "3.1.1" } },
        },
      }),
    },
    [
      "run Serilog 3.1.1 = 3.1.1 @src/App/App.csproj:3",
      "development xunit 2.9.0 = - @src/App/App.csproj:4",
    ],
  ],
  [
    "Ruby: groups, gemspec and Gemfile of one folder, the lockfile",
    {
      Gemfile:
        'gem "rails", "~> 7.0", ">= 7.0.4"\ngroup :development, :test do\n  gem "rspec"\nend\n',
      "shop.gemspec":
        'Gem::Specification.new do |spec|\n  spec.name = "shop"\n  spec.add_dependency "rack"\nend\n',
      "Gemfile.lock": "GEM\n  specs:\n    rails (7.0.8)\n      rack (>= 2)\n    rack (3.0.1)\n",
    },
    [
      "run rack - = 3.0.1 @shop.gemspec:3",
      "run rails ~> 7.0, >= 7.0.4 = 7.0.8 @Gemfile:1",
      "development rspec - = - @Gemfile:3",
    ],
  ],
  [
    "Composer, without the platform",
    {
      "composer.json": node({
        name: "a/shop",
        require: { php: ">=8", "symfony/console": "^6" },
        "require-dev": { "phpunit/phpunit": "^10" },
      }),
      "composer.lock": node({ packages: [{ name: "symfony/console", version: "v6.4.2" }] }),
    },
    [
      "run symfony/console ^6 = v6.4.2 @composer.json:5",
      "development phpunit/phpunit ^10 = - @composer.json:8",
    ],
  ],
])("%s", (_name, files, expected) => {
  expect(tell(files)).toEqual(expected);
});

test("entries are what exports names, else the older fields, as paths of the repository", () => {
  const [a, b] = read({
    "packages/a/package.json": node({
      name: "a",
      main: "./old.js",
      exports: {
        ".": { types: "./dist/index.d.ts", import: "./dist/index.js" },
        "./package.json": "./package.json",
      },
      bin: { run: "bin/run.js" },
    }),
    "packages/b/package.json": node({
      name: "b",
      main: "lib/main.js",
      bin: "../../../../outside.js",
    }),
  });
  expect(a?.entries).toEqual([
    "packages/a/dist/index.d.ts",
    "packages/a/dist/index.js",
    "packages/a/bin/run.js",
  ]);
  expect(b?.entries).toEqual(["packages/b/lib/main.js"]);
});

test("manifests of vendored code are not looked at", () => {
  const paths = [
    "node_modules/a/package.json",
    "vendor/b/go.mod",
    "a/package.json",
    "requirements/dev.txt",
    "x/notes.txt",
    "src/a.ts",
  ];
  expect(findManifests(paths)).toEqual(["a/package.json", "requirements/dev.txt"]);
});

test("a broken file gives nothing or a part, and the others are read", () => {
  const names = [
    "package.json",
    "pyproject.toml",
    "Cargo.toml",
    "pom.xml",
    "composer.json",
    "x.csproj",
    "setup.cfg",
  ];
  for (const name of names) {
    const all = read({
      [name]: '{"dependencies": {"a": [1',
      "go.mod": "module m\nrequire a/b v1.0.0\n",
    });
    expect(all.find((one) => one.ecosystem === "go")?.dependencies).toHaveLength(1);
  }
});

test("no text makes it throw", () => {
  const names = findManifests([
    "package.json",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "requirements.txt",
    "go.mod",
    "Cargo.toml",
    "pom.xml",
    "build.gradle",
    "gradle/libs.versions.toml",
    "a.csproj",
    "Gemfile",
    "composer.json",
    "poetry.lock",
  ]);
  const piece = fc.constantFrom(
    '"',
    "{",
    "}",
    "[",
    "]",
    "<project>",
    "</",
    "\n",
    "  ",
    "name",
    "dependencies",
    ":",
    "=",
    "a",
    "1",
    "(",
    "null",
    "..",
    "/",
  );
  const text = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      text,
      fc.constantFrom(
        '{"dependencies":null,"exports":[[{"a":1}]],"bin":3}',
        "[project]\ndependencies=3",
        "",
      ),
      (path, made, odd) => {
        for (const content of [made, odd])
          expect(Array.isArray(readPackages([{ path, text: content }]))).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test("a lockfile of 40 MB takes no more than moments, whatever of it is wanted", () => {
  const entry = (index: number): string =>
    `    "node_modules/p${index}": {\n      "version": "1.0.${index}",\n      "resolved": "https://registry.npmjs.org/p${index}/-/p${index}.tgz"\n    },\n`;
  const text = `{\n  "packages": {\n${Array.from({ length: 300_000 }, (_, index) => entry(index)).join("")}\n  }\n}`;
  expect(text.length).toBeGreaterThan(40_000_000);
  const start = process.cpuUsage();
  const told = tell({
    "package.json": node({ dependencies: { p299999: "^1" } }),
    "package-lock.json": text,
  });
  expect(told).toEqual(["run p299999 ^1 = 1.0.299999 @package.json:3"]);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5);
});
