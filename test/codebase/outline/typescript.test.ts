import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const outliner = await outlinerOf("typescript", "tsx");

function read(text: string, path = "src/store.ts") {
  const language = path.endsWith("x") ? "tsx" : "typescript";
  return outliner.outline({ path, language, text });
}

test("a class has its members as owner's, private ones are not exported, decorators are left out", () => {
  const text = `
@Injectable({ scope: "request (one)" })
export abstract class PostgresStore<T extends Row> extends BaseStore<T> implements Store, db.Closable {
  static #pool: Pool | null = null;
  @Input() readonly limit = 50;
  private cache?: Map<string, T>;
  handle = async (row: T): Promise<void> => {
    await this.save(row);
  };

  constructor(
    private readonly url: string, // where it is
    options: Options = {},
  ) {
    super();
  }

  get size(): number {
    return 1;
  }
  set size(value: number) {}

  abstract close(): Promise<void>;
  protected async *rows(): AsyncIterable<T> {}
  find(id: string): T;
  find(id: number): T;
  find(id: string | number): T {
    return read(id);
  }
  [Symbol.iterator]() {}
}
`;
  expect(symbolRows(read(text))).toEqual([
    "3-31 + class PostgresStore <BaseStore, Store, db.Closable> | export abstract class PostgresStore<T extends Row> extends BaseStore<T> implements Store, db.Closable",
    "4 - field PostgresStore.#pool | static #pool: Pool | null = null",
    "5 + field PostgresStore.limit | readonly limit = 50",
    "6 - field PostgresStore.cache | private cache?: Map<string, T>",
    "7-9 + method PostgresStore.handle | handle = async (row: T): Promise<void>",
    "11-16 + method PostgresStore.constructor | constructor(private readonly url: string, options: Options = {})",
    "12 - field PostgresStore.url | private readonly url: string",
    "18-21 + field PostgresStore.size | get size(): number",
    "23 + method PostgresStore.close | abstract close(): Promise<void>",
    "24 + method PostgresStore.rows | protected async *rows(): AsyncIterable<T>",
    "25-29 + method PostgresStore.find | find(id: string): T",
    "30 + method PostgresStore.[Symbol.iterator] | [Symbol.iterator]()",
  ]);
});

test("interfaces, object types and enums have members", () => {
  const text = `export interface Reader<K> extends Base<K>, events.Emitter {
  (x: number): void;
  readonly path: string;
  read(key: K): Promise<string>;
}
type Row = { id: string; save(): void } & Dated;
export type Kind = "a" | "b";
export const enum Level { Low = 1, "very-high" }
`;
  expect(symbolRows(read(text))).toEqual([
    "1-5 + interface Reader <Base, events.Emitter> | export interface Reader<K> extends Base<K>, events.Emitter",
    "3 + field Reader.path | readonly path: string",
    "4 + method Reader.read | read(key: K): Promise<string>",
    "6 - type Row | type Row = { id: string; save(): void } & Dated",
    "6 - field Row.id | id: string",
    "6 - method Row.save | save(): void",
    '7 + type Kind | export type Kind = "a" | "b"',
    "8 + enum Level | export const enum Level",
    "8 + field Level.Low | Low = 1",
    '8 + field Level.very-high | "very-high"',
  ]);
});

test("constants, functions held by them, and the parts of exported objects", () => {
  const text = `export const LIMIT = 1_000;
const hidden = { a: 1 };
export const routes = {
  home: "/",
  show(id: string) { return id; },
  list: async () => [],
} as const;
export const load = async <T>(path: string): Promise<T> => { return read(path); };
export const { first, second: other } = make();
let count: number;
export function parse(a: string): A;
export function parse(a: number): A;
export function parse(a: unknown): A { return a as A; }
export default function () {}
function later() {}
export { later as soon };
`;
  expect(symbolRows(read(text))).toEqual([
    "1 + constant LIMIT | export const LIMIT = 1_000",
    "2 - constant hidden | const hidden",
    "2 - field hidden.a | a: 1",
    "3-7 + constant routes | export const routes",
    '4 + field routes.home | home: "/"',
    "5 + method routes.show | show(id: string)",
    "6 + method routes.list | list: async ()",
    "8 + function load | export const load = async <T>(path: string): Promise<T>",
    "9 + constant first | export const { first, second: other } = make()",
    "9 + constant other | export const { first, second: other } = make()",
    "10 - variable count | let count: number",
    "11-13 + function parse | export function parse(a: string): A",
    "14 + function default | export default function ()",
    "15 + function later | function later()",
  ]);
});

test("namespaces and ambient modules own what they hold; a declaration file's own are seen outside", () => {
  const text = `declare module "queue" {
  export const size: number;
}
declare namespace App.Core {
  function start(): void;
}
declare global {
  interface Window { app: string }
}
`;
  expect(symbolRows(read(text, "types.d.ts"))).toEqual([
    '1-3 + module queue | module "queue"',
    "2 + constant queue.size | export const size: number",
    "4-6 + module App.Core | namespace App.Core",
    "5 + function App.Core.start | function start(): void",
    "8 + interface Window | interface Window",
    "8 + field Window.app | app: string",
  ]);
});

test("imports of every form; names are those of the other file", () => {
  const text = `import "./first.ts";
import fs, { type Stats, readFile as read } from "node:fs";
import type Default from "./default.ts";
import * as all from './all.ts';
import legacy = require("./legacy");
export * from "./a.ts";
export { b, type C as D } from "./b.ts";
const { one, two: deux } = require("./parts");
async function lazy() {
  const { thing } = await import("./lazy.ts");
  return require("./member").part;
}
// require("./comment")
const text = 'require("./string")';
`;
  expect(importRows(read(text))).toEqual([
    "1 ./first.ts: ",
    "2 node:fs: default, Stats, readFile",
    "3 ./default.ts: default",
    "4 ./all.ts: *",
    "5 ./legacy: *",
    "6 → ./a.ts: *",
    "7 → ./b.ts: b, C",
    "8 ./parts: one, two",
    "10 ./lazy.ts: thing",
    "11 ./member: part",
  ]);
});

test("components of TSX are read", () => {
  const text = `export const Card = ({ title }: Props) => <div>{title}</div>;
export default class Page extends React.Component<Props> { render() { return <Card/>; } }
`;
  expect(symbolRows(read(text, "card.tsx"))).toEqual([
    "1 + function Card | export const Card = ({ title }: Props)",
    "2 + class Page <React.Component> | export default class Page extends React.Component<Props>",
    "2 + method Page.render | render()",
  ]);
});
