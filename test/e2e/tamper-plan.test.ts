import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { parseValidationReport } from "../../src/documents/parse-validation-report.ts";
import type { BuildSpec } from "../../src/documents/schema-build-spec.ts";
import type { ValidationReport } from "../../src/documents/schema-validation-report.ts";
import { type Called, copyScene, type Scene } from "./scene.ts";
import { approvedScene, designCall, leanScene, planHash, plannedScene } from "./stages.ts";

// What an architect or a validator gets wrong is found before anybody builds, and what was approved is what is built.

type DesignReply = { specs: BuildSpec[] };
type PatternsReply = { findings: { severity: string }[] };

const scenes: Scene[] = [];
const keep = (scene: Scene): Scene => {
  scenes.push(scene);
  return scene;
};
afterAll(() => {
  for (const scene of scenes) scene.close();
});

const specOf = ({ specs: [spec] }: DesignReply): BuildSpec => {
  if (!spec) throw new Error("the sample has no spec");
  return spec;
};

async function readReport(scene: Scene, number: number): Promise<ValidationReport> {
  const parsed = parseValidationReport(await scene.document(`validation-${number}.md`));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

/** Calls of the model by the phase that ended last. */
async function lastCalls(scene: Scene): Promise<number> {
  const settled = (await scene.events()).findLast(({ type }) => type === "PhaseSettled");
  const spent = settled?.spent as { requests: number }[];
  return spent.reduce((sum, { requests }) => sum + requests, 0);
}

describe("a quote in the spec that is not in its file", () => {
  let scene: Scene;
  let validated: Called;
  const madeUp = "New formats are discovered by scanning the folder.";

  beforeAll(async () => {
    scene = keep(await leanScene());
    scene.edit<DesignReply>("design.json", (reply) => {
      const pattern = specOf(reply).context[0];
      if (pattern) pattern.quote = madeUp;
    });
    await scene.archwright(designCall(scene));
    validated = await scene.step(["validate"]);
  }, 60_000);

  test("is a false claim in the report, and the plan needs refinement although the model found it fine", async () => {
    const report = await readReport(scene, 1);
    expect(report.verdict).toBe("needs-refinement");
    expect(report.claims.filter(({ verdict }) => verdict === "false")).toEqual([
      expect.objectContaining({
        kind: "quote",
        source: "BUILD_01.md",
        text: expect.stringContaining(madeUp),
        note: expect.stringContaining("the file does not say that"),
      }),
    ]);
    expect(validated.stdout).toContain("✗ 1 refuted");
    expect(validated.code).toBe(1);
  });

  test("keeps the plan from being approved, unless somebody overrules the verdict in so many words", async () => {
    const hash = await planHash(scene);
    const refused = await scene.step(["approve", hash]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("found that this plan needs to be refined");
    expect((await scene.events()).some(({ type }) => type === "PlanApproved")).toBe(false);

    const overruled = await scene.step(["approve", hash, "--unvalidated"]);
    expect(overruled.code).toBe(0);
    const approved = (await scene.events()).findLast(({ type }) => type === "PlanApproved");
    expect(approved).toMatchObject({ planHash: hash, unvalidated: true });
  }, 30_000);
});

describe("a path of the spec outside the repository", () => {
  const paths = ["../../outside.txt", "/etc/cron.d/job", ".git/hooks/pre-commit"];
  const withFiles = (reply: DesignReply): DesignReply => {
    const tampered = structuredClone(reply);
    const spec = specOf(tampered);
    for (const path of paths)
      spec.files.push({ path, action: "create", to: null, purpose: "", edits: [] });
    spec.steps[0]?.files.push(...paths);
    return tampered;
  };
  let scene: Scene;
  let right: DesignReply;

  beforeAll(async () => {
    scene = keep(await leanScene());
    scene.edit<DesignReply>("design.json", (reply) => {
      right = reply;
      return withFiles(reply);
    });
  });

  test("given twice is a named failure that names every one of them; nothing is posted", async () => {
    const failed = await scene.archwright(designCall(scene));
    expect(failed.code).toBe(1);
    for (const path of paths) expect(failed.stdout).toContain(path);
    const events = await scene.events();
    expect(events.findLast(({ type }) => type === "PhaseFailed")).toMatchObject({
      reason: "model-invalid",
      failure: { role: "architect" },
    });
    expect(events.some(({ type }) => type === "PlanPosted")).toBe(false);
    expect(await lastCalls(scene)).toBe(2);
  }, 30_000);

  test("is asked about once, and a corrected design is taken", async () => {
    scene.edit("design.json", () => ({ $sequence: [withFiles(right), right] }));
    const retried = await scene.step(["design"]);
    expect(retried.code).toBe(0);
    expect(retried.stderr).toContain("the architect is asked once more");
    expect(await lastCalls(scene)).toBe(2);
    expect(await scene.document("BUILD_01.md")).not.toContain("outside.txt");
  }, 30_000);

  test("is refused from the validator too, and so is a criterion that it drops", async () => {
    // Something that is proven and grave, so that a refinement is asked for at all.
    scene.edit<PatternsReply>("validate.patterns.json", (reply) => {
      for (const finding of reply.findings) finding.severity = "major";
    });
    scene.edit<{ specs: unknown[]; changes: string[] }>("validate.json", (reply) => {
      const refined = structuredClone(specOf(withFiles(right)));
      refined.acceptance = refined.acceptance.filter(({ id }) => id !== "AC-3");
      refined.tests = refined.tests.filter(({ criteria }) => !criteria.includes("AC-3"));
      reply.specs = [refined];
      reply.changes = ["AC-3 was hard to test"];
    });
    expect((await scene.step(["validate"])).code).toBe(1);
    const report = await readReport(scene, 1);
    expect(report.verdict).toBe("needs-refinement");
    expect(report.summary).toContain("a refinement of BUILD_01 was refused");
    expect(report.summary).toContain("outside.txt");
    expect(report.changes).not.toContain("AC-3 was hard to test");
    const spec = await scene.document("BUILD_01.md");
    expect(spec).toContain("AC-3 (must, security)");
    expect(spec).not.toContain("outside.txt");
  }, 30_000);
});

describe("a design that is not what was asked for", () => {
  test("once is repaired; always is a named failure with its money recorded, and /retry resumes", async () => {
    const scene = keep(await leanScene());
    let right: DesignReply | undefined;
    scene.edit<DesignReply>("design.json", (reply) => {
      right = reply;
      return { $sequence: ["Sure! Here is my design.", { design: 7 }] };
    });
    const failed = await scene.archwright(designCall(scene));
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/unusable reply, also after one repair/);
    expect(failed.stdout).toContain("/retry design");
    const settled = (await scene.events()).findLast(({ type }) => type === "PhaseSettled");
    expect(settled).toMatchObject({ spent: [{ role: "architect", requests: 2 }] });
    expect(settled?.micros).toBeGreaterThan(0);

    scene.edit("design.json", () => ({ $sequence: ["Sure! Here is my design.", right] }));
    expect((await scene.step(["say", "/retry"])).stdout).toContain("Ready · ");
    const counts = (await scene.events()).flatMap(({ type, spent }) =>
      type === "PhaseSettled" ? [(spent as { requests: number }[])[0]?.requests] : [],
    );
    // The validation that follows asks each of its four checks once.
    expect(counts).toEqual([2, 2, 4]);
  }, 60_000);
});

describe("an approval", () => {
  let planned: Scene;
  beforeAll(async () => {
    planned = keep(await plannedScene());
  }, 60_000);

  test("of an old revision or of another hash is refused with the line that would be right", async () => {
    const current = await planHash(planned);
    const hashes = (await planned.events()).flatMap(({ type, plan }) =>
      type === "PlanPosted" ? [(plan as { hash: string }).hash] : [],
    );
    const [old = ""] = hashes;
    expect(old).not.toBe(current);
    for (const hash of [old, "0".repeat(64), current.slice(0, 4)]) {
      const refused = await planned.step(["approve", hash]);
      expect([hash, refused.code]).toEqual([hash, 1]);
      expect(refused.stderr).toContain(`/approve ${current.slice(0, 7)}`);
    }
    expect((await planned.events()).some(({ type }) => type === "PlanApproved")).toBe(false);
    const unapproved = await planned.step(["build"]);
    expect(unapproved.code).toBe(1);
    expect(await planned.git("for-each-ref", "refs/heads/archwright")).toBe("");
  }, 60_000);
});

describe("a plan swapped after its approval", () => {
  let approved: Scene;
  beforeAll(async () => {
    approved = keep(await approvedScene());
  }, 60_000);

  const ref = "refs/archwright/issues/1";
  const person = { name: "Mallory", email: "mallory@example.org" };
  const archwright = { name: "Archwright", email: "archwright@localhost" };

  /** Writes a document of the ledger as somebody with a shell would. */
  async function forge(
    scene: Scene,
    name: string,
    change: (text: string) => string,
    author = person,
  ): Promise<void> {
    const git = async (parameters: string[], input = ""): Promise<string> => {
      const env = {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_COMMITTER_NAME: author.name,
        GIT_COMMITTER_EMAIL: author.email,
      };
      const ended = await execa("git", parameters, {
        cwd: scene.repository,
        input,
        env,
        stripFinalNewline: false,
      });
      return ended.stdout;
    };
    const text = await git(["cat-file", "blob", `${ref}:${name}`]);
    const changed = change(text);
    expect(changed).not.toBe(text);
    const blob = (await git(["hash-object", "-w", "--stdin"], changed)).trim();
    const entries = (await git(["ls-tree", ref])).split("\n").filter(Boolean);
    const swapped = entries.map((entry) =>
      entry.endsWith(`\t${name}`) ? `100644 blob ${blob}\t${name}` : entry,
    );
    const tree = (await git(["mktree"], `${swapped.join("\n")}\n`)).trim();
    const commit = (await git(["commit-tree", tree, "-p", ref, "-m", "ledger"])).trim();
    await git(["update-ref", ref, commit]);
  }

  const dropGuard = (spec: string): string =>
    spec.replace("(must, security)", "(should, security)");

  test("is seen by `ledger verify`, which names who wrote it", async () => {
    const scene = keep(copyScene(approved));
    expect((await scene.archwright(["ledger", "verify"])).code).toBe(0);
    await forge(scene, "BUILD_01.md", dropGuard);
    const verified = await scene.archwright(["ledger", "verify"]);
    expect(verified.code).toBe(1);
    expect(verified.stdout).toContain("Mallory");
  }, 30_000);

  test("is not built, whoever is said to have written it", async () => {
    const scene = keep(copyScene(approved));
    await forge(scene, "BUILD_01.md", dropGuard, archwright);
    const built = await scene.step(["build"]);
    expect(built.code).toBe(1);
    expect(built.stdout).toMatch(/not what the plan [0-9a-f]{7} was when it was posted/);
    const events = await scene.events();
    expect(events.findLast(({ type }) => type === "PhaseFailed")?.reason).toBe("plan-altered");
    expect(await scene.git("for-each-ref", "refs/heads/archwright")).toBe("");
  }, 30_000);

  test("in its policy is not built either: who approved 90 points did not approve 10", async () => {
    const scene = keep(copyScene(approved));
    const path = join(scene.folder, "archwright.yml");
    writeFileSync(path, `${readFileSync(path, "utf8")}\nreview:\n  threshold: 10\n`);
    const refused = await scene.step(["build"]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("The rules changed since this plan was made");
    expect((await scene.events()).at(-1)?.type).toBe("PlanApproved");
  }, 30_000);

  test("may be laid out anew, because that changes no meaning", async () => {
    const scene = keep(copyScene(approved));
    await forge(scene, "BUILD_01.md", (spec) => spec.replaceAll("\n- ", "\n* "), archwright);
    expect((await scene.step(["build"])).code).toBe(0);
  }, 30_000);

  test("is not approved by an event that was written by hand", async () => {
    const scene = keep(copyScene(approved));
    const forged = JSON.stringify({ event: { type: "PlanApproved" } });
    await forge(scene, "events.jsonl", (lines) => `${lines}${forged}\n`, archwright);
    const built = await scene.step(["build"]);
    expect(built.code).not.toBe(0);
    expect(built.stderr).toMatch(/ledger of issue 1 is broken at line/);
    expect((await scene.archwright(["ledger", "verify"])).stdout).toContain("(chain)");
  }, 30_000);
});
