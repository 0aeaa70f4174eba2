import { expect, test } from "@jest/globals";
import { findImports, type Import, readSources } from "./read-sources.ts";

/**
 * Who may know whom (plan, section 3): a room imports rooms of a lower rank, and its own. Doors know
 * everything, adapters are known only by doors.
 */
const rooms: readonly { name: string; rank: number; is: (path: string) => boolean }[] = [
  {
    name: "door",
    rank: 9,
    is: (p) => /^(src\/(cli|app)\.ts|src\/(cli|app|action|door)\/|action\/)/.test(p),
  },
  { name: "adapter", rank: 8, is: (p) => adapters.test(p) },
  { name: "engine", rank: 7, is: (p) => p.startsWith("src/engine/") },
  { name: "phase", rank: 6, is: (p) => /^src\/phases\/[^/]+\//.test(p) },
  { name: "constraints", rank: 5, is: (p) => p.startsWith("src/constraints/") },
  { name: "claims", rank: 5, is: (p) => p.startsWith("src/claims/") },
  { name: "phases", rank: 5, is: (p) => p.startsWith("src/phases/") },
  { name: "config", rank: 5, is: (p) => p.startsWith("src/config/") },
  { name: "view", rank: 5, is: (p) => p.startsWith("src/view/") },
  { name: "workflow", rank: 4, is: (p) => p.startsWith("src/workflow/") },
  { name: "codebase", rank: 4, is: (p) => p.startsWith("src/codebase/") },
  { name: "documents", rank: 4, is: (p) => p.startsWith("src/documents/") },
  { name: "metering", rank: 3, is: (p) => p.startsWith("src/model/") && p !== "src/model/port.ts" },
  {
    name: "ledger rules",
    rank: 3,
    is: (p) => p.startsWith("src/ledger/") && p !== "src/ledger/port.ts",
  },
  {
    name: "path policy",
    rank: 3,
    is: (p) => p.startsWith("src/workspace/") && p !== "src/workspace/port.ts",
  },
  {
    name: "port",
    rank: 2,
    is: (p) => /^src\/(model|forge|ledger|workspace|queue)\/port\.ts$/.test(p),
  },
  { name: "shared", rank: 1, is: (p) => p.startsWith("src/shared/") },
];
const adapters =
  /^src\/(model\/(anthropic|openai|compatible|scripted|load-models)[\w-]*\.ts|ledger\/(git|github)\/|workspace\/git\/|forge\/(local|github)\/|queue\/(?!port))/;

const roomOf = (path: string) => rooms.find((room) => room.is(path));
const sources = readSources("src", "action");
const imports: Import[] = sources.flatMap(findImports);
const show = (list: readonly Import[]): string[] => list.map((i) => `${i.from} imports ${i.to}`);

test("every source has a room", () => {
  expect(sources.filter((source) => !roomOf(source.path)).map((source) => source.path)).toEqual([]);
});

test("imports point downwards, or stay in the room", () => {
  const offenders = imports.filter(({ from, to, typeOnly }) => {
    const own = roomOf(from);
    const other = to.startsWith("src/") || to.startsWith("action/") ? roomOf(to) : undefined;
    if (!own || !other || own.name === other.name) return false;
    // A shape may be named across rooms of one rank; behaviour may not.
    if (typeOnly && own.rank === other.rank) return false;
    return other.rank >= own.rank;
  });
  expect(show(offenders)).toEqual([]);
});

test("phases never import one another", () => {
  const phase = (path: string): string | undefined => /^src\/phases\/([^/]+)\//.exec(path)?.[1];
  const offenders = imports.filter(
    ({ from, to }) => phase(from) && phase(to) && phase(from) !== phase(to),
  );
  expect(show(offenders)).toEqual([]);
});

test("adapters are imported only by doors and by their own kind", () => {
  const folder = (path: string): string => path.split("/").slice(0, 3).join("/");
  const offenders = imports.filter(
    ({ from, to, typeOnly }) =>
      adapters.test(to) &&
      !typeOnly &&
      roomOf(from)?.name !== "door" &&
      folder(from) !== folder(to) &&
      !(from.startsWith("src/model/") && to.startsWith("src/model/")) &&
      !(from.startsWith("src/queue/") && to.startsWith("src/queue/")),
  );
  expect(show(offenders)).toEqual([]);
});

test("pure rooms import no way out of the house", () => {
  const pure = /^src\/(workflow|documents|view)\//;
  const outside =
    /^(node:(?!crypto$|util$)|octokit|@octokit\/|probot|@anthropic-ai\/|openai|execa|fs$|child_process$|pino)/;
  expect(show(imports.filter(({ from, to }) => pure.test(from) && outside.test(to)))).toEqual([]);
});

test("each library that has one owner is imported by it alone", () => {
  const owners: readonly { library: RegExp; owner: RegExp }[] = [
    { library: /^(unified|remark-|mdast-|unist-)/, owner: /^src\/documents\// },
    { library: /^(@octokit\/|probot|octokit)/, owner: /^src\/(forge\/github\/|app\.ts|app\/)/ },
    { library: /^openai/, owner: /^src\/model\// },
    { library: /^@anthropic-ai\//, owner: /^src\/(model|workspace\/git)\// },
    { library: /^(web-tree-sitter|@vscode\/tree-sitter-wasm)$/, owner: /^src\/codebase\// },
    { library: /^commander$/, owner: /^src\/cli/ },
    { library: /^smol-toml$/, owner: /^src\/codebase\// },
    { library: /^yaml$/, owner: /^src\/(config|codebase\/(packages|facts))\// },
    { library: /^(node:sqlite|pg-boss)$/, owner: /^src\/queue\// },
  ];
  const offenders = imports.filter(({ from, to, typeOnly }) =>
    owners.some(({ library, owner }) => library.test(to) && !owner.test(from) && !typeOnly),
  );
  expect(show(offenders)).toEqual([]);
});

/** Used, and not only named in a list or a comment. */
const readsEnvironment = /\bprocess\.env\s*[.[;,)}?]/;

test("the environment is read in configuration and doors only", () => {
  const allowed = /^(src\/(config\/|cli|app)|action\/)/;
  const offenders = sources
    .filter((source) => !allowed.test(source.path) && readsEnvironment.test(source.code))
    .map((source) => source.path);
  expect(offenders).toEqual([]);
});
