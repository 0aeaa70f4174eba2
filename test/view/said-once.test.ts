import { expect, test } from "@jest/globals";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";
import { renderDesign } from "../../src/documents/render-design.ts";
import { renderReviewReport } from "../../src/documents/render-review-report.ts";
import { LONGEST_COMMENT, type View } from "../../src/forge/port.ts";
import { renderView } from "../../src/view/render-view.ts";
import { sampleBuildSpec } from "../documents/sample-build-spec.ts";
import { sampleDocuments } from "../documents/sample-documents.ts";
import { type Beat, HEAD, planned, reviewed } from "../workflow/story.ts";
import { basePolicy } from "../workflow/world.ts";
import { tellEvents } from "./tell-events.ts";

const spec = { ...sampleBuildSpec, id: "BUILD_01", dependsOn: [] };
const documents = {
  "BUILD_01.md": renderBuildSpec(spec),
  "design.md": renderDesign(sampleDocuments.design),
  "review.md": renderReviewReport({ ...sampleDocuments.reviewReport, head: HEAD }),
};
function show(beats: readonly Beat[], changed: Record<string, string> = {}): View {
  const { events, state } = tellEvents(beats);
  const shown = { ...documents, ...changed };
  return renderView({ issue: 12, state, events, documents: shown, policy: basePolicy });
}
const find = (view: View, key: RegExp) => view.comments.find((comment) => key.test(comment.key));

test("a score that is followed by a fix round has a headline, and the review of the pull request is named", () => {
  const view = show(reviewed(70));
  const told = find(view, /^review-/);
  const [review] = view.pullRequests[0]?.reviews ?? [];
  expect(told?.onPull?.review).toBe(review?.key);
  expect(told?.onPull?.brief).toMatch(/^\*\*BUILD_01: \d+ of 100, .+\n\nA fix round follows;/);
  expect(told?.markdown).toContain("The whole report");
});

test("a score that ends a spec is headed by that end, which names the same review", () => {
  const view = show(reviewed(95));
  expect(find(view, /^review-/)?.onPull?.brief).toBeNull();
  const end = find(view, /^accepted-/);
  expect(end?.onPull).toEqual({
    spec: "BUILD_01",
    review: view.pullRequests[0]?.reviews[0]?.key,
    brief: end?.markdown,
  });
});

test("where long parts can be folded, the plan's comment holds the whole design", () => {
  const told = find(show(planned()), /^plan-/);
  expect(told?.hosted).toMatch(
    /<summary>The whole design: \d+ decision records?, \d+ risks?, \d+ assumptions?</,
  );
  expect(told?.hosted).not.toContain("<!-- archwright:design");
  expect(told?.markdown).not.toContain("<details>");
});

test("a spec that fits no comment says that it cannot be edited there, and how it is changed", () => {
  expect(find(show(planned()), /^spec-/)?.markdown).toMatch(/^Edit this comment/);
  const long = renderBuildSpec({
    ...spec,
    objective: "One more word. ".repeat(LONGEST_COMMENT / 10),
  });
  const told = find(show(planned(), { "BUILD_01.md": long }), /^spec-/)?.markdown ?? "";
  expect(told).toMatch(/^This spec is too long for one comment, .*\/refine <what should change>/);
  expect(told).not.toContain("Edit this comment");
});

test("the run that works is named, else the last one that did", () => {
  const { events, state } = tellEvents(reviewed(95));
  const [lease] = events.flatMap((event) => (event.type === "PhaseStarted" ? [event.lease] : []));
  if (!lease) throw new Error("nothing was started");
  const claimed = { type: "LeaseClaimed", nonce: lease.nonce, runId: "actions:7:1" } as const;
  const common = { v: 1, source: "claim", at: lease.startedAt } as const;
  const facts = { issue: 12, documents, policy: basePolicy };
  const more = [...events, { ...common, ...claimed }];
  expect(renderView({ ...facts, state, events: more }).run).toBe("actions:7:1");
  const live = { ...state, leases: [{ ...lease, runId: "dispatch:7:1" }] };
  expect(renderView({ ...facts, state: live, events: more }).run).toBeNull();
});
