import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { conduct } from "../../src/engine/conduct.ts";
import { loadFeature } from "../../src/engine/load-feature.ts";
import { openStage, type Stage } from "../phases/stage.ts";
import { command, openHouse } from "./open-house.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const reply = {
  answer: "In `src/sum.js:1`.",
  evidence: [
    {
      path: "src/sum.js",
      startLine: 1,
      endLine: 1,
      quote: "export const sum = (left, right) => left + right;",
    },
  ],
  read: [],
  search: [],
};

describe("a question, from the comment to the answer", () => {
  test("is answered on an issue where nothing was requested, and changes nothing else", async () => {
    const house = openHouse(stage, { reply: () => reply });
    const before = stage.git("for-each-ref");
    const asked = await conduct(house, 7, command("/ask where are numbers added?", "c-9"));
    expect(asked).toMatchObject({ ok: true, value: { refusal: null } });
    expect(house.calls).toEqual(["ask"]);
    const { comments, pullRequests, labels } = house.views.at(-1) ?? { comments: [] };
    expect(comments.map(({ key }) => key)).toEqual(["answer-c-9"]);
    expect(comments[0]?.markdown).toContain("**mary asked**: where are numbers added?");
    expect(comments[0]?.markdown).toContain("In `src/sum.js:1` ✓.");
    expect([pullRequests, labels]).toEqual([[], []]);
    expect(stage.git("for-each-ref")).toBe(before);
    const loaded = await loadFeature(house.ledger, 7);
    if (!loaded.ok) throw new Error("not loaded");
    expect(loaded.value.state).toMatchObject({
      status: "absent",
      leases: [],
      plan: null,
      money: { spent: { micros: 1_000 }, reserved: {} },
    });
    expect(Object.keys(loaded.value.documents).sort()).toEqual(["answers/1.md", "request.md"]);
  });

  test("a second one has an answer of its own, and the label begins the design as ever", async () => {
    const house = openHouse(stage, { reply: () => reply });
    await conduct(house, 7, command("/ask one?", "c-1"));
    await conduct(house, 7, command("/ask two?", "c-2"));
    const keys = house.views.at(-1)?.comments.map(({ key }) => key);
    expect(keys).toEqual(["answer-c-1", "answer-c-2"]);
    const again = await conduct(house, 7, command("/ask two?", "c-2"));
    expect(again).toMatchObject({ ok: true, value: { refusal: { reason: "already-seen" } } });
    await conduct(house, 7, command("/design", "c-3"));
    expect(house.calls.slice(0, 3)).toEqual(["ask", "ask", "design"]);
  });

  test("a day without money answers nothing, says so, and stops nothing", async () => {
    const house = openHouse(stage, { config: { budget: { day: 0.01 } }, reply: () => reply });
    await conduct(house, 7, command("/ask where?", "c-1"));
    expect(house.calls).toEqual([]);
    const view = house.views.at(-1);
    expect(view?.comments[0]?.key).toMatch(/^unanswered-/);
    expect(view?.status).toContain("nothing requested yet");
  });
});
