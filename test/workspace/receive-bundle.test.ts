import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Foreign, openForeign } from "./foreign.ts";
import { demand } from "./repository.ts";

let foreign: Foreign;
beforeEach(() => {
  foreign = openForeign();
});
afterEach(() => foreign.close());

const SECRET = `ghp_${"a1B2c3D4e5".repeat(4)}`;

describe("a bundle of work", () => {
  test("arrives as commits of ours, with the same trees, and the same ids when done twice", async () => {
    const { base, commit, clone } = foreign;
    const first = commit(base, { "src/two.js": { content: "export const two = 2;\n" } });
    const second = commit(
      first,
      {
        "run.sh": { mode: "100755", content: "#!/bin/sh\n" },
        link: { mode: "120000", content: "src/one.js" },
        "a.txt": null,
        "a.txt/inside": { content: "now a folder\n" },
        "caf\u00e9 \ud83d\ude80.txt": { content: "x" },
      },
      {
        message: `Two\u202e and more\n\nkey ${SECRET}\nSigned-off-by: Linus <l@example.org>\nArchwright-Step: S-2\n`,
      },
    );
    const other = commit(first, { "b.txt": { content: "b\n" } });
    const file = await foreign.bundle([second, other]);
    const ids = demand(await foreign.receive(file, [second, other]));
    expect([...ids.keys()].sort()).toEqual([first, second, other].sort());
    const head = ids.get(second) ?? "";
    expect(clone("rev-parse", `${head}^{tree}`)).toBe(
      foreign.sample.git("rev-parse", `${second}^{tree}`),
    );
    expect(clone("rev-parse", `${head}~2`).trim()).toBe(base);
    expect(clone("rev-parse", `${ids.get(other)}~1`)).toBe(clone("rev-parse", `${head}~1`));
    expect(clone("log", "-1", "--format=%an <%ae>|%cn|%aI|%cI", head).trim()).toBe(
      "Archwright <archwright@example.org>|Archwright|2026-11-21T12:00:00+00:00|2026-11-21T12:00:00+00:00",
    );
    const message = clone("log", "-1", "--format=%B", head);
    expect(message).toContain("Two and more");
    expect(message).toContain("[redacted:github-token]");
    expect(message).toContain("Archwright-Step: S-2");
    expect(message).not.toMatch(/Linus|ghp_/);
    clone("fsck", "--strict", "--no-dangling");
    const again = demand(await foreign.receive(file, [second, other]));
    expect([...again]).toEqual([...ids]);
    const later = await foreign.receive(file, [second], { when: "2026-11-21T12:00:01Z" });
    expect(demand(later).get(second)).not.toBe(head);
  });

  test("leaves the stranger's own commits, and what only they need, outside", async () => {
    const { base, commit } = foreign;
    const wanted = commit(base, { "b.txt": { content: "b\n" } });
    const unwanted = commit(base, { "c.txt": { content: "not asked for\n" } });
    const file = await foreign.bundle([wanted, unwanted]);
    const ids = demand(await foreign.receive(file, [wanted]));
    expect(ids.has(unwanted)).toBe(false);
    const there = foreign.objects();
    expect(there).toContain(ids.get(wanted));
    expect(there).not.toContain(wanted);
    expect(there).not.toContain(unwanted);
    expect(foreign.clone("for-each-ref", "--format=%(refname)")).not.toContain("archwright");
  });

  test("arrives in a clone that ends at the base as well", async () => {
    const { base, commit, sample } = foreign;
    const later = commit(base, { "b.txt": { content: "b\n" } });
    sample.git("branch", "later", later);
    const shallow = `${foreign.cloneFolder}-shallow`;
    const from = `file://${sample.directory}`;
    sample.git("clone", "--quiet", "--depth=1", "--branch=later", from, shallow);
    const head = commit(later, { "c.txt": { content: "c\n" } });
    const file = await foreign.bundle([head]);
    const where = { repository: shallow, known: [later] };
    const ids = demand(await foreign.receive(file, [head], where));
    expect(sample.git("-C", shallow, "rev-parse", `${ids.get(head)}~1`).trim()).toBe(later);
  });

  test("a head that is known stays as it is, with or without a file", async () => {
    const { base } = foreign;
    const ids = demand(await foreign.receive("/nonexistent/work.bundle", [base]));
    expect([...ids]).toEqual([[base, base]]);
  });

  test("writing one leaves the repository as it is, and is no file when there is nothing new", async () => {
    const { base, sample } = foreign;
    const before = sample.git("for-each-ref");
    const file = await foreign.bundle([base]);
    expect(() => readFileSync(file)).toThrow("ENOENT");
    expect(sample.git("for-each-ref")).toBe(before);
  });
});

describe("a hostile bundle is refused, and nothing of it arrives", () => {
  const expectRefused = async (
    heads: string[],
    expected: { path: string | null; detail: RegExp },
  ) => {
    const file = await foreign.bundle(heads);
    const before = foreign.objects();
    expect(await foreign.receive(file, heads)).toEqual({
      ok: false,
      failure: {
        reason: "hand-over-refused",
        path: expected.path,
        detail: expect.stringMatching(expected.detail),
      },
    });
    expect(foreign.objects()).toEqual(before);
  };
  const fine = { "b.txt": { content: "b\n" } };

  test("a workflow in a middle commit that a later one takes away", async () => {
    const { base, commit } = foreign;
    const path = ".github/workflows/evil.yml";
    const middle = commit(base, { [path]: { content: "on: push\n" } });
    await expectRefused([commit(middle, { [path]: null, ...fine })], {
      path,
      detail: /protected by/,
    });
  });

  test("a workflow that is changed, or taken away", async () => {
    const { base, commit } = foreign;
    const path = ".github/workflows/ci.yml";
    await expectRefused([commit(base, { [path]: { content: "on: issues\n" } })], {
      path,
      detail: /protected/,
    });
    await expectRefused([commit(base, { [path]: null })], { path, detail: /protected/ });
    const folder = commit(base, { [path]: null, ".github": { content: "x" } });
    await expectRefused([folder], { path: ".github", detail: /protected/ });
  });

  test("a secret in a middle commit", async () => {
    const { base, commit } = foreign;
    const middle = commit(base, {
      "src/key.js": { content: `// hello\nconst key = "${SECRET}";\n` },
    });
    await expectRefused([commit(middle, { "src/key.js": null, ...fine })], {
      path: "src/key.js",
      detail: /line 2 looks like a secret/,
    });
  });

  test.each([
    ["absolute", "/etc/passwd"],
    ["up", "../outside"],
    ["up and up", "src/../../outside"],
    ["up after down, which another link can turn outwards", "src/../a.txt"],
    ["into git's data", ".git/config"],
    ["into git's data in other letters", ".GiT/config"],
    ["with a control character", "a\nb"],
    ["into git's data by a short name", "GIT~1/config"],
    ["long", "a/".repeat(600)],
  ])("a link that leads %s", async (_how, target) => {
    const link = { mode: "120000", content: target };
    await expectRefused([foreign.commit(foreign.base, { link })], {
      path: "link",
      detail: /link|larger/,
    });
  });

  test("a submodule, and a file that becomes one", async () => {
    const { base, commit } = foreign;
    const sub = { mode: "160000", object: base };
    await expectRefused([commit(base, { sub })], { path: "sub", detail: /submodule/ });
    await expectRefused([commit(base, { "a.txt": sub })], { path: "a.txt", detail: /submodule/ });
    const modules = { ".gitmodules": { content: '[submodule "x"]\n\tpath = x\n\turl = ./x\n' } };
    await expectRefused([commit(base, modules)], { path: ".gitmodules", detail: /protected/ });
    const attributes = { "src/.gitattributes": { content: "* filter=x\n" } };
    await expectRefused([commit(base, attributes)], {
      path: "src/.gitattributes",
      detail: /protected/,
    });
  });

  test("a huge file, and a small one that pretends", async () => {
    const { base, commit } = foreign;
    const huge = { "big.bin": { content: Buffer.alloc(3_000_000, "x") } };
    await expectRefused([commit(base, huge)], { path: "big.bin", detail: /larger than 2000000/ });
    const bomb = { "bomb.bin": { content: Buffer.alloc(30_000_000) } };
    await expectRefused([commit(base, bomb)], {
      path: null,
      detail: /object of more than 20000000/,
    });
  });

  test("a merge, a history of its own, and one that is not in it at all", async () => {
    const { base, commit } = foreign;
    const [left, right] = [commit(base, fine), commit(base, { "c.txt": { content: "c" } })];
    await expectRefused([commit(left, fine, { parents: [left, right] })], {
      path: null,
      detail: /merge/,
    });
    await expectRefused([commit(null, fine)], { path: null, detail: /does not build on/ });
    const file = await foreign.bundle([left]);
    expect(await foreign.receive(file, [`${"0".repeat(39)}1`])).toMatchObject({
      failure: {
        reason: "hand-over-refused",
        detail: expect.stringContaining("not in the bundle"),
      },
    });
  });

  test.each([
    ".GIT/hooks/post-checkout",
    ".git/config",
    "git~1/config",
    "sub/.Git/config",
    "../up",
    "a/../b",
  ])("the path %s", async (path) => {
    const head = foreign.commit(foreign.base, { [path]: { content: "x" } });
    await expectRefused([head], { path: null, detail: /git found its objects broken/ });
  });

  test.each([
    ["src/\u0007bell", /control character/],
    ["src/zero\u200bwidth", /invisible/],
    ["src\\win", /backslash/],
    ["C:/x", /absolute/],
    [`${"d".repeat(250)}/${"e".repeat(256)}`, /longer/],
    [".GitHub/workflows/x.yml", /protected/],
    ["docs/CODEOWNERS", /protected/],
  ])("the path %j", async (path, detail) => {
    const head = foreign.commit(foreign.base, { [path]: { content: "x" } });
    await expectRefused([head], { path: expect.anything() as unknown as string, detail });
  });

  test("a mode that is none of a plain file", async () => {
    const object = foreign.sample.git("rev-parse", "HEAD:a.txt").trim();
    const head = foreign.commit(foreign.base, { "a.txt": { mode: "100664", object } });
    await expectRefused([head], { path: null, detail: /not what its changes make/ });
  });

  test("more commits than are allowed", async () => {
    let head = foreign.base;
    for (let count = 0; count < 12; count += 1)
      head = foreign.commit(head, fine, { message: `${count}` });
    const file = await foreign.bundle([head]);
    const limits = { commits: 11 };
    expect(await foreign.receive(file, [head], { limits })).toMatchObject({
      failure: { reason: "hand-over-refused", detail: "the bundle has more than 11 commits" },
    });
    expect((await foreign.receive(file, [head])).ok).toBe(true);
  });

  test("a thousand commits", async () => {
    const lines = [
      `commit refs/heads/many\ncommitter M <m@example.org> 0 +0000\ndata 1\nx\nfrom ${foreign.base}\n`,
    ];
    for (let count = 0; count < 1000; count += 1) {
      lines.push("commit refs/heads/many\ncommitter M <m@example.org> 0 +0000\ndata 1\nx\n");
    }
    foreign.feed(lines.join("\n"), "fast-import", "--quiet");
    const head = foreign.sample.git("rev-parse", "many").trim();
    await expectRefused([head], { path: null, detail: /more than 500 commits/ });
  });

  test("more heads than are allowed", async () => {
    const heads = Array.from({ length: 201 }, (_, at) => String(at).padStart(40, "0"));
    expect(await foreign.receive("/nonexistent", heads)).toMatchObject({
      failure: { reason: "hand-over-refused", detail: "it names more than 200 heads" },
    });
  });

  test("a message in other bytes, or of great length", async () => {
    const { base, commit } = foreign;
    const raw = foreign.sample.git("cat-file", "commit", commit(base, fine));
    const write = (text: string) =>
      foreign.feed(Buffer.from(text, "latin1"), "hash-object", "-t", "commit", "-w", "--stdin");
    await expectRefused([write(`${raw}\xff\xfe`)], { path: null, detail: /UTF-8/ });
    const encoded = raw.replace("\n\n", "\nencoding ISO-8859-1\n\n");
    await expectRefused([write(encoded)], { path: null, detail: /UTF-8/ });
    await expectRefused([commit(base, fine, { message: "x".repeat(200_000) })], {
      path: null,
      detail: /too long/,
    });
  });

  test("a pack that is broken, cut off, or no pack", async () => {
    const head = foreign.commit(foreign.base, fine);
    const file = await foreign.bundle([head]);
    const whole = readFileSync(file);
    const before = foreign.objects();
    const pack = whole.indexOf("PACK");
    const flipped = Buffer.from(whole);
    flipped[pack + 30] = (flipped[pack + 30] ?? 0) ^ 0xff;
    const checksum = Buffer.from(whole);
    checksum[whole.length - 1] = (checksum[whole.length - 1] ?? 0) ^ 0xff;
    const counted = Buffer.from(whole);
    counted.writeUInt32BE(4_000_000, pack + 8);
    const attempts = [
      ...[flipped, checksum, counted, whole.subarray(0, -40), whole.subarray(0, pack + 8)],
      ...[Buffer.alloc(0), Buffer.from("# v2 git bundle\n"), Buffer.from("hello\n\nPACK")],
      Buffer.concat([
        Buffer.from("# v2 git bundle\n-x --upload-pack=evil\n\n"),
        whole.subarray(pack),
      ]),
    ];
    for (const bytes of attempts) {
      writeFileSync(file, bytes);
      const answer = await foreign.receive(file, [head]);
      expect(answer).toMatchObject({ ok: false, failure: { reason: "hand-over-refused" } });
    }
    writeFileSync(file, whole);
    appendFileSync(file, Buffer.alloc(1000));
    const large = await foreign.receive(file, [head], { limits: { bundleBytes: 500 } });
    expect(large).toMatchObject({ failure: { detail: "the bundle is larger than 500 bytes" } });
    expect(foreign.objects()).toEqual(before);
  });
});
