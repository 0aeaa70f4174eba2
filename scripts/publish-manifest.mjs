// The published package is one bundle without dependencies: installing it takes a second, and it must not bring
// the Node of our own development into the projects of users. So while `npm pack` runs, package.json is reduced
// to what users need; `--restore` (postpack) puts ours back. Running either twice changes nothing.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const manifest = "package.json";
const kept = "package.json.full";

if (process.argv.includes("--restore")) {
  if (existsSync(kept)) renameSync(kept, manifest);
} else if (!existsSync(kept)) {
  const text = readFileSync(manifest, "utf8");
  const { name, version, description, license, type, engines, bin, files } = JSON.parse(text);
  // postpack must still be found by npm in the reduced manifest.
  const scripts = { postpack: "node scripts/publish-manifest.mjs --restore" };
  const reduced = { name, version, description, license, type, engines, bin, files, scripts };
  writeFileSync(kept, text);
  writeFileSync(manifest, `${JSON.stringify(reduced, null, 2)}\n`);
}
