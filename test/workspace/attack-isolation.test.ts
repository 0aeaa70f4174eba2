import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { detectIsolation } from "../../src/workspace/git/detect-isolation.ts";
import type { Worktree } from "../../src/workspace/port.ts";
import { createSample, limits, never, openSample, openTree, type Sample } from "./repository.ts";

const { available, detail } = await detectIsolation();

const countSleepers = (): number =>
  readdirSync("/proc").filter((entry) => {
    try {
      return readFileSync(`/proc/${entry}/cmdline`, "utf8") === ["sleep", "973", ""].join("\0");
    } catch {
      return false;
    }
  }).length;

const attack = () => {
  let sample: Sample;
  let tree: Worktree;
  beforeAll(async () => {
    sample = createSample({ "a.txt": "a\n" });
    tree = await openTree(await openSample(sample, { isolation: "namespaces" }));
  });
  afterAll(async () => {
    await tree?.close();
    sample?.remove();
  });
  const say = async (command: string): Promise<string> =>
    (await tree.run("unit", command, limits, never())).output.trim();

  test("what only the caller may read of the machine's settings is empty, also for root", async () => {
    expect(await say("cat /etc/shadow /etc/gshadow 2>/dev/null | wc -c")).toBe("0");
    const readable = "find /etc -type f ! -perm -004 -exec cat {} + 2>/dev/null | wc -c";
    expect(await say(readable)).toBe("0");
    // What everybody may read is needed by many programs.
    expect(await say("test -s /etc/passwd && echo there")).toBe("there");
  });

  test.each([
    ["write to the machine", "touch /etc/archwright-attack /usr/archwright-attack 2>/dev/null"],
    ["take a cover away", 'unshare -Urm sh -c "umount /home && umount /root" 2>/dev/null'],
    [
      "make the machine writable in namespaces of its own",
      'unshare -Urm sh -c "mount -o remount,rw,bind /etc && touch /etc/archwright-attack" 2>/dev/null',
    ],
    [
      "mount a fresh /proc with the kernel's settings",
      "mkdir -p p && unshare -Urmpf sh -c 'mount -t proc proc p && test -w p/sys/kernel/core_pattern' 2>/dev/null",
    ],
    ["end a process of the machine", `kill -0 ${process.pid} 2>/dev/null`],
    ["reach the docker socket", "test -S /var/run/docker.sock || test -S /run/docker.sock"],
    ["read the first process's environment", "cat /proc/1/environ 2>/dev/null"],
  ])("nobody can %s", async (_what, command) => {
    const outcome = await tree.run("unit", command, limits, never());
    expect({ ended: outcome.ended, passed: outcome.exitCode === 0 }).toEqual({
      ended: "exited",
      passed: false,
    });
    expect(existsSync("/etc/archwright-attack")).toBe(false);
  });

  test("no daemon stays behind", async () => {
    const start = "(setsid nohup env -i sleep 973 >/dev/null 2>&1 &); sleep 0.2; echo started";
    expect(await say(start)).toBe("started");
    expect(countSleepers()).toBe(0);
  });
};

if (available) describe("from inside a command", attack);
else test("isolation is not available here, with the reason", () => expect(detail).not.toBe(""));
