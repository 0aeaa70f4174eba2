import { expect, test } from "@jest/globals";
import { createSample, demand, limits, never, openSample, openTree } from "./repository.ts";

test.each([
  ["a named pipe in the place of a file", "rm a.txt && mkfifo a.txt"],
  ["a repository without a commit", "git init -q left"],
])("%s that a command left does not cost the work beside it", async (_what, command) => {
  const sample = createSample({ "a.txt": "a\n" });
  try {
    const tree = await openTree(await openSample(sample));
    demand(await tree.write("work.txt", "an hour of it\n"));
    expect(await tree.run("unit", command, limits, never())).toMatchObject({ exitCode: 0 });

    const whole = await tree.commit("step");
    const kept = await tree.commit("unfinished", { whatCan: true });

    expect(whole).toMatchObject({ ok: false, failure: { reason: "git-failed" } });
    const head = demand(kept);
    expect(head).toMatch(/^[0-9a-f]{40}$/);
    const workspace = await openSample(sample);
    const changed = await workspace.changed(demand(await workspace.resolve("HEAD")), head ?? "");
    expect(changed.map(({ path, status }) => [path, status])).toEqual([["work.txt", "added"]]);
    await tree.close();
  } finally {
    sample.remove();
  }
});
