import { expect, test } from "@jest/globals";
import type { Identity } from "../../../src/forge/github/api.ts";
import { chooseCheckChannel } from "../../../src/forge/github/choose-check-channel.ts";
import { chooseReviewEvent } from "../../../src/forge/github/choose-review-event.ts";

const actions: Identity = { id: "1", login: "github-actions[bot]", kind: "actions", appId: null };
const app: Identity = { id: "2", login: "wright[bot]", kind: "app", appId: 77 };
const person: Identity = { id: "3", login: "ada", kind: "user", appId: null };

test.each([
  ["Actions alone", actions, actions, actions, "status", "comment"],
  ["an App builds, Actions reviews", actions, app, actions, "check-run", "request-changes"],
  ["one App", app, app, app, "check-run", "comment"],
  ["a person's token builds", actions, person, actions, "status", "request-changes"],
])("%s: the verdict's way", (_name, api, builder, reviewer, verdict, review) => {
  const channel = chooseCheckChannel({ api, builder, reviewer });
  expect(channel).toMatchObject({ verdict, review });
  expect(channel.words).toHaveLength(2);
});

test("the words say what blocks and what does not", () => {
  const alone = chooseCheckChannel({
    api: actions,
    builder: actions,
    reviewer: actions,
  }).words.join(" ");
  expect(alone).toContain("advisory");
  expect(alone).toContain("second identity");
  const gate = chooseCheckChannel({ api: actions, builder: app, reviewer: actions }).words.join(
    " ",
  );
  expect(gate).toContain("(id 77)");
  expect(gate).toContain("can request changes");
});

test("changes are requested by another account only, and for the last verdict only", () => {
  const red = { verdict: "changes-requested" } as const;
  expect(chooseReviewEvent(red, { reviewer: "1", author: "2", isLatest: true })).toBe(
    "REQUEST_CHANGES",
  );
  expect(chooseReviewEvent(red, { reviewer: "1", author: "1", isLatest: true })).toBe("COMMENT");
  expect(chooseReviewEvent(red, { reviewer: "1", author: "2", isLatest: false })).toBe("COMMENT");
  const green = { verdict: "accepted" } as const;
  expect(chooseReviewEvent(green, { reviewer: "1", author: "2", isLatest: true })).toBe("COMMENT");
});
