import { expect, test } from "@jest/globals";
import { holds } from "../github/workflow-expression.ts";
import { load } from "../workflow-files/start-jobs.ts";

// What the preparation installs comes from strangers (packages and their scripts) and stays on the machine that the key comes to next. A phase
// that runs no command has no use for it.

const status = { success: true, failure: false, cancelled: false };

test.each([".github/workflows/archwright.yml", ".github/workflows/archwright-app.yml"])(
  "in the job with the key, %s prepares for a build and for nothing else",
  async (path) => {
    const phase = (await load(path)).jobs.get("phase");
    const step = phase?.steps.find(({ uses }) => uses === "./.github/actions/archwright-setup");
    const runs = ["design", "validate", "build", "review", "ask"].filter((name) => {
      const work = JSON.stringify({ issue: 1, phase: name, nonce: "a", head: "b" });
      const contexts = {
        inputs: { work },
        needs: { route: { result: "skipped", outputs: {} } },
      };
      const hashFiles = () => "ab";
      return holds(step?.if, { contexts, status, hashFiles });
    });
    expect(runs).toEqual(["build"]);
  },
);
