import { describe, expect, test } from "@jest/globals";
import type { Tool } from "../../src/model/port.ts";
import { takeTurns } from "../../src/model/take-turns.ts";
import { Stop } from "../../src/shared/stop.ts";

const { signal } = new AbortController();
const tool = (name: string, run: Tool["run"]): Tool => ({ name, description: "", input: {}, run });
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

describe("tools that take turns", () => {
  test("lose no change of one text, however many calls come at once", async () => {
    let text = "";
    const [append] = takeTurns([
      tool("append", async (input) => {
        const before = text;
        // The first call takes longest: without turns it would win over all others.
        await pause(5 - text.length);
        text = before + String(input);
        return text;
      }),
    ]);
    await Promise.all([..."abcd"].map((letter) => append?.run(letter, signal)));
    expect(text).toBe("abcd");
  });

  test("are of one line, whatever their names, and an error of one does not end it", async () => {
    const order: string[] = [];
    const [slow, quick] = takeTurns([
      tool("slow", async () => {
        await pause(10);
        order.push("slow");
        throw new Error("no such file");
      }),
      tool("quick", async () => `${order.push("quick")}`),
    ]);
    const all = await Promise.allSettled([slow?.run({}, signal), quick?.run({}, signal)]);
    expect(order).toEqual(["slow", "quick"]);
    expect(all.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  });

  test("begin nothing after a stop or a cancel", async () => {
    let begun = 0;
    const stop = new Stop({ reason: "disk-full", path: "/" });
    const [end, work] = takeTurns([
      tool("end", async () => {
        throw stop;
      }),
      tool("work", async () => `${++begun}`),
    ]);
    const ended = Promise.allSettled([end?.run({}, signal), work?.run({}, signal)]);
    expect(await ended).toEqual([
      { status: "rejected", reason: stop },
      { status: "rejected", reason: stop },
    ]);
    const [late] = takeTurns([tool("late", async () => `${++begun}`)]);
    await expect(late?.run({}, AbortSignal.abort("cancelled"))).rejects.toBe("cancelled");
    expect(begun).toBe(0);
  });
});
