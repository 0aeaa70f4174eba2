import { expect, test } from "@jest/globals";
import { keepReplaced } from "../../src/engine/keep-replaced.ts";
import { documentsOf } from "../../src/engine/name-in-ledger.ts";
import { checkDocumentName } from "../../src/ledger/check-document-name.ts";
import { ask, end, plan, planned, say, tell, wendy } from "../workflow/story.ts";
import { outcomes } from "../workflow/world.ts";

test("a new revision keeps the documents of the one it replaces, and they are nobody's plan", () => {
  const state = tell([...planned(), say(wendy, "/refine smaller")]);
  const documents = { "design.md": "old design", "BUILD_01.md": "old spec", "risks.md": "r" };
  const decision = ask(state, end("design", outcomes.planned({ ...plan, hash: "e".repeat(64) })));
  const events = decision.ok ? decision.events : [];
  const kept = keepReplaced({ state, documents }, events);
  expect(kept).toEqual({
    "revisions/main-1/design.md": "old design",
    "revisions/main-1/BUILD_01.md": "old spec",
  });
  expect(Object.keys(kept).map(checkDocumentName)).toEqual([null, null]);
  expect(documentsOf({ ...documents, ...kept }, "main")).toEqual(documents);
});

test("the first plan, and anything but a plan, keeps nothing", () => {
  const first = tell(planned().slice(0, 1));
  const decision = ask(first, end("design", outcomes.planned(plan)));
  const documents = { "design.md": "stray" };
  expect(keepReplaced({ state: first, documents }, decision.ok ? decision.events : [])).toEqual({});
  expect(keepReplaced({ state: tell(planned()), documents }, [])).toEqual({});
});
