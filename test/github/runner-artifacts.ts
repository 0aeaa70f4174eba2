import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { type JobState, say } from "./runner-job-state.ts";

type Inputs = Readonly<Record<string, string>>;

function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const isHidden = (path: string): boolean =>
  path.split(sep).some((part) => part.startsWith(".") && part !== "." && part !== "..");

/** `actions/upload-artifact`: immutable, unless `overwrite` replaces it; hidden files are left out. */
export function uploadArtifact(job: JobState, inputs: Inputs): Record<string, string> {
  const { actions } = job.run.host.options.standIn;
  const name = inputs.name || "artifact";
  const top = resolve(job.workspace, inputs.path ?? "");
  const root = existsSync(top) && !statSync(top).isDirectory() ? dirname(top) : top;
  const files = listFiles(top).filter(
    (file) => inputs["include-hidden-files"] === "true" || !isHidden(relative(root, file)),
  );
  if (files.length === 0) {
    const text = `No files were found with the provided path: ${top}. No artifacts will be uploaded.`;
    if (inputs["if-no-files-found"] === "error") throw new Error(text);
    if (inputs["if-no-files-found"] !== "ignore") say(job, `##[warning]${text}`);
    return {};
  }
  const same = (each: { run: number; name: string }): boolean =>
    each.run === job.run.record.id && each.name === name;
  const at = actions.artifacts.findIndex(same);
  if (at >= 0 && inputs.overwrite !== "true") {
    throw new Error(
      "Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run",
    );
  }
  if (at >= 0) actions.artifacts.splice(at, 1);
  const content = Object.fromEntries(
    files.map((file) => [relative(root, file), new Uint8Array(readFileSync(file))]),
  );
  const id = actions.nextId();
  const createdAt = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const zip = zipSync(content, { level: 1 });
  actions.artifacts.push({ id, run: job.run.record.id, name, zip, createdAt, expired: false });
  say(
    job,
    `Artifact ${name} has been successfully uploaded! ${files.length} files, ${zip.length} bytes`,
  );
  return { "artifact-id": String(id) };
}

/** `actions/download-artifact`, by name or by number, from this run. */
export function downloadArtifact(job: JobState, inputs: Inputs): Record<string, string> {
  const { actions } = job.run.host.options.standIn;
  const number = inputs["artifact-ids"] ?? "";
  if (inputs.name && number) throw new Error("Inputs 'name' and 'artifact-ids' cannot be used");
  const found = actions.artifacts.find(
    (each) =>
      each.run === job.run.record.id &&
      (number ? String(each.id) === number.trim() : each.name === inputs.name) &&
      !each.expired,
  );
  if (!found) {
    throw new Error(
      `Unable to download artifact(s): Artifact not found for name: ${inputs.name ?? number}. Please ensure that your artifact is not expired and the artifact was uploaded using a compatible version of toolkit/upload-artifact.`,
    );
  }
  const folder = resolve(job.workspace, inputs.path || ".");
  for (const [path, content] of Object.entries(unzipSync(found.zip))) {
    const file = resolve(folder, path);
    if (!file.startsWith(folder + sep)) throw new Error(`${basename(path)} leaves the folder`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return { "download-path": folder };
}
