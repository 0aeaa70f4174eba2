import { readJson } from "../packages/read-json.ts";

const longest = 1_000_000;

/** A JSON object with comments and trailing commas, as `tsconfig.json` may have them; null for anything else. */
export function readJsonc(text: string): Record<string, unknown> | null {
  if (text.length > longest) return null;
  const plain = readJson(text);
  if (plain !== null) return plain;
  const bare = text.replace(
    /("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*$)/g,
    (_all, quoted: string | undefined) => quoted ?? " ",
  );
  return readJson(
    bare.replace(
      /("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g,
      (_all, quoted: string | undefined) => quoted ?? "",
    ),
  );
}
