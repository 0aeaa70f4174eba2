import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

// The tables of docs/install.md, held to the files that they are about.

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const page = read("docs/install.md");

type Rights = Record<string, string>;
type Job = { permissions?: Rights; steps: { uses?: string; with?: Record<string, unknown> }[] };
type Called = {
  on: { workflow_call: { inputs: Record<string, { default?: unknown }>; secrets: object } };
  jobs: Record<string, Job>;
};
const full = parse(read(".github/workflows/archwright.yml")) as Called;
const readOnly = parse(read(".github/workflows/archwright-app.yml")) as Called;

/** Rows of the table whose head begins with that word. */
function table(head: string): string[][] {
  const lines = page.slice(page.indexOf(`\n| ${head} |`) + 1).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const names = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? "");
const listed = (head: string): string[] =>
  table(head)
    .flatMap(([cell]) => names(cell ?? ""))
    .sort();
const upper = (all: readonly string[]): string[] => all.filter((name) => /^[A-Z_]+$/.test(name));

describe("docs/install.md", () => {
  test("has each input of the workflow, with its default", () => {
    const { work: _, ...inputs } = full.on.workflow_call.inputs;
    expect(listed("input")).toEqual(Object.keys(inputs).sort());
    for (const [cell, value] of table("input")) {
      const [name] = names(cell ?? "");
      const [said] = value === "empty" ? [""] : names(value ?? "");
      expect([name, said]).toEqual([name, String(inputs[name ?? ""]?.default)]);
    }
  });

  test("names every secret, and none that the workflow does not take", () => {
    const secrets = Object.keys(full.on.workflow_call.secrets);
    expect(secrets.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    expect(listed("secret of the workflow").filter((name) => name.endsWith("-token"))).toEqual(
      secrets.filter((name) => name.endsWith("-token")).sort(),
    );
    const keys = Object.keys(readOnly.on.workflow_call.secrets);
    expect(secrets).toEqual(expect.arrayContaining(keys));
  });

  test("says what each job may do", () => {
    const said: Record<string, Rights> = {};
    for (const [right = "", jobs = ""] of table("right")) {
      const [name = "", level = ""] = (names(right)[0] ?? "").split(": ");
      for (const job of jobs.split(", ")) said[job] = { ...said[job], [name]: level };
    }
    const real = Object.entries(full.jobs).map(([name, { permissions }]) => [name, permissions]);
    expect(said).toEqual(Object.fromEntries(real));
  });

  test("has the rights and events of the App's manifest", () => {
    const app = parse(read("app.yml")) as { default_permissions: Rights; default_events: string[] };
    const said = table("right of the App").map(([cell = ""]) =>
      cell.replaceAll(" ", "_").split(":_"),
    );
    expect(Object.fromEntries(said)).toEqual(app.default_permissions);
    const events = /^It hears (.+)\.$/m.exec(page)?.[1] ?? "";
    expect(names(events).sort()).toEqual([...app.default_events].sort());
  });

  test("has every variable that the App reads", () => {
    const sources = readdirSync(join(root, "src/app")).map((name) => read(`src/app/${name}`));
    const found = sources.flatMap((text) => [
      ...[...text.matchAll(/\benvironment\.([A-Z_]{3,})/g)].map(([, name]) => name ?? ""),
      ...[...text.matchAll(/number\(environment, "([A-Z_]+)"/g)].map(([, name]) => name ?? ""),
    ]);
    // Set by the image, not by people.
    const wanted = [...new Set(found)].filter((name) => name !== "NODE_ENV");
    expect(wanted.length).toBeGreaterThan(10);
    expect(upper(listed("variable"))).toEqual(expect.arrayContaining(wanted));
    const text =
      sources.join("\n") + read("src/config/default-models.ts") + read("src/model/providers.ts");
    const strange = upper(listed("variable")).filter(
      (name) => !text.includes(name.replace(/^REVIEWER_/, "").replace(/_PATH$/, "")),
    );
    expect(strange).toEqual([]);
  });

  test("shows workflows and files that are there", () => {
    const links = [...page.matchAll(/\]\((\.\.\/[^)#]+)/g)].map(([, path]) => path ?? "");
    expect(links.length).toBeGreaterThan(3);
    for (const path of links) expect(() => read(join("docs", path))).not.toThrow();
  });
});

test("the Action's page names the inputs that each job is given, and no other", () => {
  const action = parse(read("action/action.yml")) as { inputs: Record<string, unknown> };
  const given = [...Object.values(full.jobs), ...Object.values(readOnly.jobs)].flatMap(
    ({ steps }) =>
      steps
        .filter(({ uses }) => uses === "./.archwright-action/action")
        .flatMap((step) => Object.keys(step.with ?? {})),
  );
  expect(given.length).toBeGreaterThan(20);
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining([...new Set(given)]));
});
