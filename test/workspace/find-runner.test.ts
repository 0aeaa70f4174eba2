import { expect, test } from "@jest/globals";
import { withOwnNode } from "../../src/workspace/git/command-environment.ts";
import { findRunner } from "../../src/workspace/git/find-runner.ts";

test.each([
  [
    "/home/runner/actions-runner/cached/externals/node24/bin/node",
    "/home/runner/actions-runner/cached",
  ],
  ["/srv/my runner/externals.2.336.0/node24/bin/node", "/srv/my runner"],
  ["/srv/x/externals/node24_alpine/bin/node", "/srv/x"],
  ["/opt/hostedtoolcache/node/24.1.0/x64/bin/node", null],
  ["/usr/bin/node", null],
  ["/externals/node24/bin/node", null],
])("the runner of %s is %s", (node, runner) => {
  expect(findRunner(node)).toBe(runner);
});

test("commands find the Node that a job set up before the runner's own, else the one that runs", () => {
  expect(withOwnNode("/tools/bin", "/r/externals/node24/bin/node")).toBe(
    "/tools/bin:/r/externals/node24/bin",
  );
  expect(withOwnNode("/tools/bin", "/usr/bin/node")).toBe("/usr/bin:/tools/bin");
});
