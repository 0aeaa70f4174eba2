import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { createSample, limits, never, openSample, openTree } from "./repository.ts";

/**
 * What a test that a model wrote could do within its isolation: make a repository in the worktree whose settings name a
 * program. The harness's own git runs outside of any isolation, so it must never read them.
 */
const plant = (marker: string): string =>
  [
    "mkdir -p sub && cd sub && unset GIT_CEILING_DIRECTORIES",
    "git init -q .",
    `git config filter.x.clean 'sh -c "touch \\"${marker}\\"; cat"'`,
    `git config core.fsmonitor 'sh -c "touch \\"${marker}\\"; false"'`,
    "echo '* filter=x' > .gitattributes",
    "echo 1 > f",
    "inert='-c filter.x.clean=cat -c core.fsmonitor=false -c user.name=a -c user.email=b@c'",
    "git $inert add . && git $inert commit -qm y",
    "sleep 1.1 && echo 2 > f",
  ].join("\n");

const SUBMODULE = "160000,1234567890123456789012345678901234567890,sub";

test.each([
  { name: "a new folder", submodule: false, told: ["sub"] },
  { name: "a submodule of the commit", submodule: true, told: [] },
])("a repository that a command leaves in $name runs nothing outside", async (attack) => {
  const sample = createSample({ "a.txt": "a\n" });
  try {
    if (attack.submodule) {
      sample.git("update-index", "--add", "--cacheinfo", SUBMODULE);
      sample.git("commit", "--quiet", "-m", "submodule");
    }
    const marker = join(dirname(sample.directory), "ran-outside");
    const tree = await openTree(await openSample(sample));
    const planted = await tree.run("unit", plant(marker), limits, never());
    expect({ exit: planted.exitCode, ran: existsSync(marker) }).toEqual({ exit: 0, ran: false });

    // Staged once, the repository would be asked for its state each time after.
    const seen = [await tree.changes(), await tree.changes(), await tree.changes()];
    const made = await tree.commit("all of it");

    expect(seen).toEqual([attack.told, attack.told, attack.told]);
    expect(made.ok).toBe(attack.submodule);
    expect(existsSync(marker)).toBe(false);
    await tree.close();
  } finally {
    sample.remove();
  }
});
