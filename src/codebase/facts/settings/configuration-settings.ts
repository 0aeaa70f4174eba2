import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from "yaml";
import type { Setting } from "../../found.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";

const mostKeys = 4000;
const longest = 200_000;
const lock = /(?:^|\/)(?:package-lock|npm-shrinkwrap|pnpm-lock|composer\.lock|.*\.lock)[\w.-]*$/;

/** Keys of YAML and JSON, with their parents: `server.port`. Of a schema, the keys it describes. */
export const treeSettings: Reader<Setting> = {
  sign: ".",
  paths: /\.(?:ya?ml|json[c5]?)$/,
  read: (path, text) => {
    if (lock.test(path) || text.length > longest) return [];
    const lines = new LineCounter();
    const rows = text.split("\n");
    const found: Setting[] = [];
    const keep = (name: string, offset: number): void => {
      const { line } = lines.linePos(offset);
      const row = (rows[line - 1] ?? "").trim().slice(0, 240);
      if (found.length < mostKeys)
        found.push({ path, line, text: row, name, kind: "configuration" });
    };
    const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: "silent" });
    if (Array.isArray(documents)) for (const each of documents) walk(each.contents, [], keep);
    return found;
  },
};

const deepest = 12;

function walk(
  node: unknown,
  above: readonly string[],
  keep: (name: string, at: number) => void,
): void {
  if (above.length > deepest) return;
  if (isSeq(node)) for (const item of node.items) walk(item, above, keep);
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    // A schema's "properties" is no part of the name of what it describes.
    const inSchema = name === "properties" && isMap(value);
    const path = inSchema ? above : [...above, name];
    if (!inSchema) keep(path.join("."), key.range?.[0] ?? 0);
    walk(value, path, keep);
  }
}

const section = /^\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}\s*(?:[#;].*)?$/;
const entry = /^\s*["']?([A-Za-z_][\w.$-]*(?:\s*\.\s*["']?[\w$-]+["']?)*)["']?\s*[=:]/;

/** Keys of TOML, INI and properties, with their section: `tool.ruff.line-length`. */
export const lineSettings: Reader<Setting> = {
  sign: "[=:]",
  paths:
    /(?:\.(?:toml|ini|cfg|conf|properties)|(?:^|\/)\.(?:editorconfig|npmrc|flake8|coveragerc))$/,
  read: (path, text) => {
    if (lock.test(path) || text.length > longest) return [];
    const place = openPlaces(path, text);
    let above = "";
    let offset = 0;
    return text.split("\n").flatMap((line): Setting[] => {
      const at = offset;
      offset += line.length + 1;
      const head = section.exec(line)?.[1];
      if (head !== undefined) {
        above = plain(head);
        return [{ ...place(at), name: above, kind: "configuration" }];
      }
      const key = entry.exec(line)?.[1];
      if (key === undefined) return [];
      const name = above === "" ? plain(key) : `${above}.${plain(key)}`;
      return [{ ...place(at), name, kind: "configuration" }];
    });
  },
};

const plain = (key: string): string => key.replace(/["'\s]/g, "");
