import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { addressOfApi } from "../../../src/cli/init/address-of-api.ts";
import { describeNextSteps } from "../../../src/cli/init/describe-next-steps.ts";
import { fillAuthor, findAppAuthor } from "../../../src/cli/init/find-app-author.ts";
import { parseRemote } from "../../../src/cli/init/find-remote.ts";
import { runInit } from "../../../src/cli/init.ts";
import type { Terminal } from "../../../src/cli/terminal.ts";
import { parseConfig } from "../../../src/config/load-config.ts";
import { renderConfigTemplate } from "../../../src/config/render-config-template.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "archwright-init-"));
  execFileSync("git", ["init", "--quiet", root]);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type Said = { out: string; err: string; asked: string[] };
function listen(answer?: string): { terminal: Terminal; said: Said } {
  const said: Said = { out: "", err: "", asked: [] };
  const terminal: Terminal = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
    interactive: answer !== undefined,
    colours: false,
    ask: async (question) => {
      said.asked.push(question);
      return answer ?? null;
    },
  };
  return { terminal, said };
}
/** GitHub as far as it tells who a bot is. */
async function openUsers(): Promise<{ url: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ""));
    const known = asked.at(-1) === "/users/our-app[bot]";
    response.writeHead(known ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(known ? { id: 77, login: "our-app[bot]" } : { message: "no" }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}

describe("the App that keeps the ledger", () => {
  const remote = { host: "github.com", owner: "acme", name: "widgets" };
  const example = readFileSync("examples/workflow-app.yml", "utf8");

  test("is asked for by its name, and put into the workflow", async () => {
    const users = await openUsers();
    const environment = { GH_TOKEN: "ghp_x", GITHUB_API_URL: users.url };
    const found = await findAppAuthor("our-app", remote, environment);
    expect(found).toEqual({ ok: true, value: "77+our-app[bot]@users.noreply.github.com" });
    const none = await findAppAuthor("their-app", remote, environment);
    expect(none).toMatchObject({ ok: false, failure: { reason: "bad-usage" } });
    users.close();
    const filled = fillAuthor(example, found.ok ? found.value : null, undefined);
    expect(filled).toContain("ledger-authors: 77+our-app[bot]@users.noreply.github.com\n");
    expect(filled).not.toContain("12345+your-app");
  });

  test("is not asked for without a token, a remote or a name that can be one", async () => {
    const detailOf = async (...given: Parameters<typeof findAppAuthor>) => {
      const found = await findAppAuthor(...given);
      return !found.ok && found.failure.reason === "bad-usage" ? found.failure.detail : "";
    };
    expect(await detailOf("our-app", remote, {})).toContain("GH_TOKEN");
    expect(await detailOf("our-app", null, { GH_TOKEN: "x" })).toContain("origin");
    expect(await detailOf("../our-app", remote, { GH_TOKEN: "x" })).toContain("github.com/apps");
  });

  test("stays as a person wrote it when init is run again", async () => {
    await runInit({ ...options, repo: root, app: true }, listen("y").terminal);
    const mine = readFileSync(workflow(), "utf8").replace("12345+your-app", "9+mine");
    writeFileSync(workflow(), mine);
    const { terminal, said } = listen();
    expect(await runInit({ ...options, repo: root, app: true }, terminal)).toBe(0);
    expect(said.out).toContain(".github/workflows/archwright.yml is as it should be");
    expect(readFileSync(workflow(), "utf8")).toBe(mine);
  });
});

const options = { app: false, withConfig: false, yes: false, dryRun: false };
const workflow = () => join(root, ".github/workflows/archwright.yml");

describe("archwright init", () => {
  test("shows the files first, writes them, and says what is left", async () => {
    const { terminal, said } = listen("y");
    expect(await runInit({ ...options, repo: root }, terminal)).toBe(0);
    expect(said.out).toContain("create .github/workflows/archwright.yml");
    expect(said.asked).toEqual([expect.stringContaining("Write 2 file(s)?")]);
    expect(readFileSync(workflow(), "utf8")).toBe(readFileSync("examples/workflow.yml", "utf8"));
    expect(said.out).toContain("gh secret set ANTHROPIC_API_KEY");
    expect(said.out).toContain("Allow GitHub Actions to create and approve pull requests");
  });

  test("running it again changes nothing and asks nothing", async () => {
    await runInit({ ...options, repo: root, withConfig: true }, listen("y").terminal);
    const before = execFileSync("git", ["-C", root, "status", "--porcelain", "-uall"]);
    const { terminal, said } = listen("y");
    expect(await runInit({ ...options, repo: root, withConfig: true }, terminal)).toBe(0);
    expect(said.asked).toEqual([]);
    expect(said.out).toContain("is as it should be");
    expect(execFileSync("git", ["-C", root, "status", "--porcelain", "-uall"])).toEqual(before);
  });

  test("a dry run writes nothing", async () => {
    const { terminal, said } = listen();
    expect(await runInit({ ...options, repo: root, dryRun: true }, terminal)).toBe(0);
    expect(said.out).toContain("+ ");
    expect(existsSync(join(root, ".github"))).toBe(false);
  });

  test("what a person changed is not replaced without a word", async () => {
    await runInit({ ...options, repo: root }, listen("y").terminal);
    writeFileSync(workflow(), `${readFileSync(workflow(), "utf8")}# mine\n`);
    const { terminal, said } = listen();
    expect(await runInit({ ...options, repo: root }, terminal)).toBe(3);
    expect(readFileSync(workflow(), "utf8")).toContain("# mine");
    expect(said.out).toContain("- # mine");
    expect(await runInit({ ...options, repo: root, yes: true }, listen().terminal)).toBe(0);
    expect(readFileSync(workflow(), "utf8")).not.toContain("# mine");
  });

  test("outside of a repository it says so", async () => {
    const { terminal, said } = listen();
    expect(await runInit({ ...options, repo: tmpdir() }, terminal)).toBe(2);
    expect(said.err).toContain("not inside a git repository");
  });

  test("a configuration that cannot be read is named before anything is written", async () => {
    execFileSync("mkdir", ["-p", join(root, ".github")]);
    writeFileSync(join(root, ".github/archwright.yml"), "lable: x\n");
    const { terminal, said } = listen("y");
    expect(await runInit({ ...options, repo: root }, terminal)).toBe(2);
    expect(said.err).toContain("archwright.yml:1:1");
    expect(existsSync(workflow())).toBe(false);
  });
});

describe("the configuration it writes", () => {
  const template = renderConfigTemplate();
  const uncommented = template
    .split("\n")
    .filter((line) => !/^\s*# /.test(line))
    .map((line) => line.replace(/^(\s*)#/, "$1"))
    .join("\n");

  test("changes nothing as it stands", () => {
    expect(parseConfig(template, "x")).toEqual(parseConfig("", "x"));
  });

  test("says the defaults: with every key uncommented it is the same configuration", () => {
    expect(parseConfig(uncommented, "x")).toEqual(parseConfig("", "x"));
  });

  test("no line is too long to read", () => {
    const long = template.split("\n").filter((line) => line.length > 100 && /^\s*# /.test(line));
    expect(long.length).toBeLessThanOrEqual(2);
  });
});

describe("remotes", () => {
  test.each([
    ["https://github.com/acme/shop.git", { host: "github.com", owner: "acme", name: "shop" }],
    [
      "https://x-access-token:t@github.com/acme/shop",
      { host: "github.com", owner: "acme", name: "shop" },
    ],
    ["git@github.com:acme/shop.git", { host: "github.com", owner: "acme", name: "shop" }],
    [
      "ssh://git@ghe.acme.example:2222/acme/shop.js.git",
      { host: "ghe.acme.example", owner: "acme", name: "shop.js" },
    ],
    ["/srv/git/shop.git", null],
    ["https://github.com/acme", null],
    ["", null],
  ])("%s", (address, remote) => {
    expect(parseRemote(address)).toEqual(remote);
  });

  test.each([
    ["github.com", undefined, "https://api.github.com"],
    ["ghe.acme.example", undefined, "https://ghe.acme.example/api/v3"],
    ["github.com", "http://127.0.0.1:9/", "http://127.0.0.1:9"],
  ])("the API of %s with %p said is at %s", (host, said, address) => {
    expect(addressOfApi(host, said)).toBe(address);
  });

  test("the pages of the very repository are named", () => {
    const remote = { host: "github.com", owner: "acme", name: "shop" };
    const steps = describeNextSteps(remote, {
      mode: "action",
      label: "build-it",
      labels: "not-created",
    });
    expect(steps).toContain("https://github.com/acme/shop/settings/actions");
    expect(steps).toContain("gh label create build-it");
  });
});
