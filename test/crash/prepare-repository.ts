import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replies } from "./replies.ts";

const examples = join(import.meta.dirname, "../../examples");

const configuration = (directory: string): string => {
  const model = "scripted:greeting";
  const roles = ["architect", "validator", "builder", "reviewer", "coach"];
  return [
    "isolation: none",
    "commands:",
    "  unit: grep -q hello hello.txt",
    "  polite: grep -q please hello.txt",
    "models:",
    ...roles.map((role) => `  ${role}: ${model}`),
    "providers:",
    `  scripted: { kind: scripted, directory: ${JSON.stringify(directory)} }`,
    `prices: { "${model}": { input: 4, output: 20 } }`,
    "",
  ].join("\n");
};

/** A repository of three files in which a feature takes seconds, and the folder with the model's answers. Returns the repository's files. */
export function prepareRepository(folder: string): string {
  const [files, answers] = [join(folder, "files"), join(folder, "replies")];
  mkdirSync(join(files, ".github/workflows"), { recursive: true });
  mkdirSync(answers);
  for (const [name, reply] of Object.entries(replies)) {
    writeFileSync(join(answers, name), JSON.stringify(reply));
  }
  writeFileSync(join(files, "README.md"), "# Texts\n\nOne sentence a file.\n");
  writeFileSync(join(files, ".github/archwright.yml"), configuration(answers));
  cpSync(join(examples, "workflow.yml"), join(files, ".github/workflows/archwright.yml"));
  return files;
}
