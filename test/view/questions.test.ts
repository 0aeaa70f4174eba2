import { describe, expect, test } from "@jest/globals";
import { renderView } from "../../src/view/render-view.ts";
import { approved, type Beat, end, label, mary, say, tom } from "../workflow/story.ts";
import { basePolicy, outcomes } from "../workflow/world.ts";
import { tellEvents } from "./tell-events.ts";

const answers = { "answers/1.md": "In `src/a.ts:3` ✓.\n" };
const show = (beats: readonly Beat[]) => {
  const { events, state } = tellEvents(beats);
  return renderView({ issue: 12, state, events, documents: answers, policy: basePolicy });
};
const asked = say(tom, "/ask where are totals made, @alice?", { id: "c-1" });

describe("a question in the thread", () => {
  test("its answer stands below it, with who asked, and calls nobody", () => {
    const { comments } = show([asked, end("ask", outcomes.answered())]);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.key).toBe("answer-c-1");
    expect(comments[0]?.markdown).toMatch(
      /^\*\*tom asked\*\*: where are totals made, @\u2060alice\?\n\nIn `src\/a\.ts:3` ✓\.$/,
    );
  });

  test("one that was not answered says why, and how to ask again", () => {
    const failed = end("ask", {
      kind: "failed",
      reason: "over-budget",
      failure: {
        reason: "over-budget",
        phase: "ask",
        spent: 300_000,
        allowance: 250_000,
        unit: "usd",
      },
      step: null,
      work: null,
    });
    const { comments, status } = show([...approved(), asked, failed]);
    const said = comments.at(-1)?.markdown ?? "";
    expect(said).toContain("**The question was not answered.**");
    expect(said).toContain("`/ask <question>`");
    expect(said).not.toContain("/retry");
    expect(status).not.toContain("paused");
  });

  test("the issue is neither labelled nor said to be under way, and the label still starts it", () => {
    const only = show([asked]);
    expect(only.labels).toEqual([]);
    expect(only.status).toContain("nothing requested yet: set the label archwright");
    expect(only.status).toContain("| ▸ | ask | 0 of 1 answered |");
    expect(only.status).not.toContain("| approve |");
    const begun = show([asked, end("ask", outcomes.answered()), label()]);
    expect(begun.labels).toEqual(["archwright:design"]);
    expect(begun.status).toContain("| ✓ | ask | 1 of 1 answered |");
  });

  test("what is cancelled with everything says nothing of its own", () => {
    const { comments } = show([...approved(), asked, say(mary, "/cancel")]);
    expect(comments.filter(({ key }) => key.startsWith("unanswered-"))).toEqual([]);
  });
});
