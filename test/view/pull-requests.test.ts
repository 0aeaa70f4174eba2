import { describe, expect, test } from "@jest/globals";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";
import { renderDesign } from "../../src/documents/render-design.ts";
import { renderProjectContext } from "../../src/documents/render-project-context.ts";
import { renderReviewReport } from "../../src/documents/render-review-report.ts";
import { radiusHeading } from "../../src/documents/schema-review-report.ts";
import type { ViewPullRequest } from "../../src/forge/port.ts";
import { renderView } from "../../src/view/render-view.ts";
import { sampleBuildSpec } from "../documents/sample-build-spec.ts";
import { sampleDocuments } from "../documents/sample-documents.ts";
import {
  approved,
  type Beat,
  built,
  chain,
  end,
  HEAD,
  mary,
  pair,
  plan,
  reviewed,
  say,
  scored,
  wendy,
} from "../workflow/story.ts";
import { basePolicy, hashOf, outcomes } from "../workflow/world.ts";
import { tellEvents } from "./tell-events.ts";

const report = {
  ...sampleDocuments.reviewReport,
  head: HEAD,
  findings: sampleDocuments.reviewReport.findings.map((finding) => ({
    ...finding,
    detail: "Ask @alice, see #4.",
  })),
};
const documents = {
  "BUILD_01.md": renderBuildSpec({ ...sampleBuildSpec, id: "BUILD_01", dependsOn: [] }),
  "design.md": renderDesign(sampleDocuments.design),
  "context.md": renderProjectContext(sampleDocuments.projectContext),
  "review.md": renderReviewReport(report),
};

const show = (beats: readonly Beat[], shown: Record<string, string> = documents) => {
  const { events, state } = tellEvents(beats);
  return renderView({ issue: 12, state, events, documents: shown, policy: basePolicy });
};
function first(beats: readonly Beat[]): ViewPullRequest {
  const [pullRequest] = show(beats).pullRequests;
  if (!pullRequest) throw new Error("there is no pull request");
  return pullRequest;
}
const merged = (spec: string): Beat => {
  return () => ({ kind: "pull-request-closed", actor: mary, spec, merged: true });
};
const closed: Beat = () => ({
  kind: "pull-request-closed",
  actor: mary,
  spec: "BUILD_01",
  merged: false,
});
const builtAs = (spec: string, branch: string, base = "b".repeat(40)): Beat =>
  end("build", { ...outcomes.built(hashOf(spec).slice(0, 40)), branch, base } as never, spec);
const scoredAs = (spec: string, score: number): Beat =>
  end("review", outcomes.scored(hashOf(spec).slice(0, 40), score), spec);

describe("when there is a pull request", () => {
  test("not before a branch is published, then one for each spec", () => {
    expect(show(approved()).pullRequests).toEqual([]);
    const both = [
      ...approved(pair),
      builtAs("BUILD_01", "a/12-01"),
      builtAs("BUILD_02", "a/12-02"),
    ];
    expect(show(both).pullRequests.map(({ spec, branch }) => [spec, branch])).toEqual([
      ["BUILD_01", "a/12-01"],
      ["BUILD_02", "a/12-02"],
    ]);
  });

  test("it says what it does, and is ready where every checkpoint was green", () => {
    const { title, draft, open, head, base } = first([...approved(), built()]);
    expect({ title, draft, open, head, base }).toEqual({
      title: "Part 1",
      draft: false,
      open: true,
      head: HEAD,
      base: null,
    });
  });

  test("it shows what the plan was predicted to reach against what was touched, and nothing where no review said", () => {
    const section = {
      heading: radiusHeading,
      body: "- touched and unpredicted: `src/odd.ts`, ask @alice",
    };
    const told = renderReviewReport({ ...report, extraSections: [section] });
    const { body } = first(reviewed(95));
    expect(body).not.toContain("Predicted and real reach");
    const [shown] = show(reviewed(95), { ...documents, "review.md": told }).pullRequests;
    expect(shown?.body).toContain(
      "### Predicted and real reach\n\n- touched and unpredicted: `src/odd.ts`",
    );
    expect(shown?.body).not.toContain("@alice");
  });

  test("a red checkpoint makes it a draft", () => {
    const green = outcomes.built(HEAD);
    if (green.kind !== "built") throw new Error("not a build");
    const checkpoints = green.checkpoints.map((each) => ({ ...each, passed: false }));
    expect(first([...approved(), end("build", { ...green, checkpoints })]).draft).toBe(true);
  });

  test("what a person closed or merged is not opened again", () => {
    expect(first([...reviewed(95), merged("BUILD_01")]).open).toBe(false);
    expect(first([...reviewed(70), closed]).open).toBe(false);
  });

  test("a new revision of the plan leaves it as a draft that waits for its build", () => {
    const replanned = [
      ...reviewed(70).slice(0, -1),
      say(wendy, "/refine smaller"),
      end("design", outcomes.planned({ ...plan, hash: "e".repeat(64) })),
    ];
    const { draft, body, check } = first(replanned);
    expect(draft).toBe(true);
    expect(body).toContain("**The plan has changed since this was built.**");
    expect(check).toMatchObject({ state: "pending", title: "a new build is to come" });
  });

  test("a part that the new plan no longer has keeps its title, is a draft and closes nothing", () => {
    const shrunk = [
      ...approved(pair),
      builtAs("BUILD_01", "a/12-01"),
      builtAs("BUILD_02", "a/12-02"),
      say(wendy, "/refine one part is enough"),
      end("design", outcomes.planned({ ...plan, hash: "e".repeat(64) })),
    ];
    const dropped = show(shrunk).pullRequests.find(({ spec }) => spec === "BUILD_02");
    expect(dropped).toMatchObject({ title: "Part 2", draft: true, open: false });
    expect(dropped?.body).toContain("**The plan no longer has this part.**");
    expect(dropped?.body).toContain("Part of #12");
  });

  test("a spec that stands on another goes to the branch of that one until it is merged", () => {
    const head = hashOf("BUILD_01").slice(0, 40);
    const beats = [
      ...approved(chain),
      builtAs("BUILD_01", "a/12-01"),
      scoredAs("BUILD_01", 95),
      builtAs("BUILD_02", "a/12-02", head),
    ];
    expect(show(beats).pullRequests.map(({ base }) => base)).toEqual([null, "a/12-01"]);
    const after = show([...beats, merged("BUILD_01")]).pullRequests;
    expect(after.map(({ base }) => base)).toEqual([null, null]);
  });
});

describe("its body", () => {
  const { body } = first(reviewed(70));

  test("says what, why, how each criterion stands, what differs, how to try it, the cost and the trail", () => {
    expect(body).toContain("The report command prints JSON.");
    expect(body).toContain("**Why**: One command, two formats.");
    expect(body).toMatch(/- \[x\] AC-1 \(must\) prints JSON · ✓ met · `src\/a\.ts:1`/);
    expect(body).toContain("- S-2: Changed the reader\n  - why: shared type (`src/read.ts`)");
    expect(body).toContain("planned and not changed: `src/report.ts`, `src/new.ts`");
    expect(body).toContain("changed and not planned: `src/a.ts`, `src/b.ts`");
    expect(body).toContain("git switch archwright/12\nnpm test");
    expect(body).toMatch(/build and review cost \$0\.0020 in 2 m 00 s/);
    expect(body).toContain("`refs/archwright/issues/12`");
  });

  test("before a review nothing is ticked", () => {
    const unreviewed = first([...approved(), built()]).body;
    expect(unreviewed).toContain("- [ ] AC-1 (must) `report --json` prints JSON");
    expect(unreviewed).not.toContain("[x]");
  });

  test("closes the issue only where no other part of the plan is open", () => {
    expect(body).toContain("Closes #12");
    const one = [...approved(pair), builtAs("BUILD_01", "a"), builtAs("BUILD_02", "b")];
    const bodies = show(one).pullRequests.map((each) => each.body);
    expect(bodies.every((each) => each.includes("Part of #12"))).toBe(true);
    const rest = [...one, scoredAs("BUILD_01", 95), merged("BUILD_01")];
    expect(show(rest).pullRequests[1]?.body).toContain("Closes #12");
  });

  test("a word of the plan closes no issue and calls nobody", () => {
    const hostile = { ...sampleBuildSpec, id: "BUILD_01", objective: "Fixes #7 as @bob said." };
    const { pullRequests } = show(reviewed(70), {
      ...documents,
      "BUILD_01.md": renderBuildSpec(hostile),
    });
    expect(pullRequests[0]?.body).not.toMatch(/#7|@bob/);
    expect(pullRequests[0]?.body).toContain("Closes #12");
  });
});

describe("its reviews", () => {
  const { reviews } = first(reviewed(70));

  test("each scored review of the ledger, with the table and what follows", () => {
    const twice = first([...reviewed(70), built(), scored(93)]).reviews;
    expect(twice.map(({ verdict }) => verdict)).toEqual(["changes-requested", "accepted"]);
    expect(new Set(twice.map(({ key }) => key)).size).toBe(2);
    expect(reviews[0]?.markdown).toContain("| ✓ | AC-1 prints JSON | must | met |");
    expect(reviews[0]?.markdown).toContain("A fix round follows; `/cancel` stops it");
    expect(reviews[0]?.markdown).toContain("Partial review: not read `src/b.ts`");
  });

  test("findings with a line are remarks there, and call nobody", () => {
    expect(reviews[0]?.anchors).toMatchObject([{ path: "src/a.ts", line: 3, endLine: null }]);
    expect(reviews[0]?.anchors[0]?.markdown).toMatch(/^\*\*minor\*\* Name \(AC-1\)\n\nAsk/);
    expect(reviews[0]?.anchors[0]?.markdown).not.toMatch(/@alice|#4/);
  });
});

describe("its check", () => {
  const checkOf = (beats: readonly Beat[]) => {
    const { state, title, head } = first(beats).check;
    return [state, title, head];
  };
  const others: Beat[] = [...approved(), built(), scored(70)];

  test.each<[string, Beat[], string, string]>([
    ["reviewing", [...approved(), built()], "pending", "review is running"],
    ["fixing", others, "failure", "70 of 100, changes requested; fix round 1 is running"],
    ["accepted", reviewed(92), "success", "92 of 100, accepted"],
    [
      "cancelled after a score",
      [...others, say(mary, "/cancel")],
      "failure",
      "70 of 100, changes requested (passes at 90)",
    ],
    [
      "cancelled before a score",
      [...approved(), built(), say(mary, "/cancel")],
      "failure",
      "cancelled before this head was reviewed",
    ],
    [
      "failed review",
      [...approved(), built(), end("review", outcomes.failed("evidence-missing"))],
      "failure",
      "the review ended: evidence missing",
    ],
    [
      "exhausted",
      [...others, built(), scored(71), built(), scored(72)],
      "failure",
      "72 of 100, no fix round is left",
    ],
  ])("%s", (_name, beats, state, title) => expect(checkOf(beats)).toEqual([state, title, HEAD]));

  test("is about the head that is published, not about an earlier one", () => {
    const pushed: Beat = () => ({
      kind: "person-push",
      actor: wendy,
      spec: "BUILD_01",
      branch: "archwright/12",
      head: "f".repeat(40),
    });
    expect(checkOf([...reviewed(92), pushed])).toEqual([
      "failure",
      "paused before this head was reviewed",
      "f".repeat(40),
    ]);
  });
});

describe("the comments of a plan", () => {
  test("the design, then one for each spec that holds it whole and can be edited", () => {
    const { comments } = show(approved());
    const [design, spec] = comments;
    expect(design).toMatchObject({ key: "plan-main-1", document: null, superseded: false });
    expect(design?.markdown).toContain("```mermaid\nflowchart LR");
    expect(design?.markdown).not.toContain("## Objective");
    expect(spec).toMatchObject({
      key: "spec-main-1-BUILD_01",
      document: "BUILD_01.md",
      at: design?.at,
    });
    expect(spec?.markdown).toMatch(/^Edit this comment to change the spec/);
    expect(spec?.markdown).toContain("## Objective");
  });

  test("a revision that was replaced says what it said, is hidden, and is not edited any more", () => {
    const replaced = [
      ...approved(),
      say(wendy, "/refine smaller"),
      end("design", outcomes.planned({ ...plan, hash: "e".repeat(64) })),
    ];
    const kept = {
      ...documents,
      "design.md": documents["design.md"].replace("two formats", "one format"),
      "revisions/main-1/design.md": documents["design.md"],
      "revisions/main-1/BUILD_01.md": documents["BUILD_01.md"],
    };
    const before = show(approved()).comments.slice(0, 2);
    const { comments } = show(replaced, kept);
    expect(comments.slice(0, 2)).toEqual(
      before.map((each) => ({ ...each, superseded: true, document: null })),
    );
    const keys = comments.filter(({ superseded }) => !superseded).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(["plan-main-2", "spec-main-2-BUILD_01"]));
  });

  test("every key can stand in a marker", () => {
    for (const { key } of show(reviewed(70)).comments) expect(key).toMatch(/^[\w.-]{1,200}$/);
  });
});
