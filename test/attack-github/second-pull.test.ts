import { expect, test } from "@jest/globals";
import { resolveTrigger } from "../../src/door/resolve-trigger.ts";
import type { Delivery } from "../../src/forge/github/delivery.ts";
import { BRANCH, HEAD, openDesk, sender } from "../door/open-desk.ts";

// Whoever may write can open another pull request from the branch of a spec into a branch of their own, where no rule holds them up, and merge it.

const walt = sender("walt");
const closed = (baseBranch: string, merged: boolean): Delivery => ({
  ...{ kind: "pull-closed", source: "pull:1:41:closed", sender: walt, repositoryId: "R1", merged },
  pull: {
    ...{ number: 41, authorId: walt.id, branch: BRANCH, head: HEAD, fork: false, baseBranch },
  },
});

const resolve = async (delivery: Delivery) => {
  const { context } = await openDesk({ roles: { walt: "write" } });
  const resolved = await resolveTrigger(delivery, { ...context, branch: "main" });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.failure));
  return resolved.value;
};

test.each([true, false])(
  "into a branch of their own it ends nothing (merged: %s)",
  async (merged) => {
    expect(await resolve(closed("walts-own", merged))).toEqual({
      kind: "ignored",
      why: "it is another pull request of the branch, into walts-own",
    });
  },
);

test.each(["main", "archwright/12-collect-consumption-00"])("into %s it is ours", async (base) => {
  expect(await resolve(closed(base, true))).toMatchObject({
    kind: "trigger",
    trigger: { kind: "pull-request-closed", merged: true },
  });
});
