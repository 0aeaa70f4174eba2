import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { renderConfigTemplate } from "../../config/render-config-template.ts";
import { findExamples } from "../find-examples.ts";
import type { SetupMode } from "./describe-next-steps.ts";
import type { SetupFile } from "./plan-setup-files.ts";

/** The files that make a repository ready, from the examples and templates of this installation. */
export async function listSetupFiles(options: {
  mode: SetupMode;
  config: boolean;
}): Promise<SetupFile[]> {
  const examples = findExamples();
  const root = dirname(examples);
  const workflow = options.mode === "app" ? "workflow-app.yml" : "workflow.yml";
  const files: SetupFile[] = [
    {
      path: ".github/workflows/archwright.yml",
      text: await readFile(join(examples, workflow), "utf8"),
      what: "the workflow",
    },
    {
      path: ".github/ISSUE_TEMPLATE/archwright.yml",
      text: await readFile(join(root, "templates", "issue-form.yml"), "utf8"),
      what: "an issue form",
    },
  ];
  if (!options.config) return files;
  const config = { path: ".github/archwright.yml", text: renderConfigTemplate() };
  return [...files, { ...config, what: "a configuration with every key, all at its default" }];
}
