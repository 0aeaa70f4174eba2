import type { Setting } from "../../found.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";

const name = "([A-Z][A-Z0-9_]*)";
const quoted = `["'\`]([A-Za-z_][A-Za-z0-9_]*)["'\`]`;

/** How programs read a variable of the environment. The first group that holds something is its name. */
const reads: readonly RegExp[] = [
  /\b(?:process|import\.meta|Bun|Deno)\.env\??\.([A-Za-z_]\w*)/g,
  new RegExp(`\\b(?:process|import\\.meta|Bun)\\.env\\[${quoted}\\]`, "g"),
  new RegExp(`\\bDeno\\.env\\.get\\(${quoted}`, "g"),
  new RegExp(`\\benv(?:ironment)?\\.${name}\\b`, "g"),
  new RegExp(`\\benv(?:ironment)?\\[${quoted}\\]`, "g"),
  new RegExp(`\\benviron(?:\\.(?:get|pop|setdefault))?[[(]\\s*${quoted}`, "g"),
  new RegExp(`\\b[gG]et_?[eE]nv(?:OrDefault|ironmentVariable)?\\(\\s*${quoted}`, "g"),
  new RegExp(`\\benv(?:\\.(?:str|int|bool|list|float|get|fetch))?\\(\\s*${quoted}`, "g"),
  new RegExp(`\\bos\\.(?:Getenv|LookupEnv|Setenv)\\(\\s*${quoted}`, "g"),
  new RegExp(`\\b(?:option_)?env!\\(\\s*${quoted}`, "g"),
  new RegExp(`\\benv::(?:var|var_os)\\(\\s*${quoted}`, "g"),
  new RegExp(`\\bENV(?:\\.fetch)?[[(]\\s*${quoted}`, "g"),
  new RegExp(`\\$_(?:ENV|SERVER)\\[${quoted}\\]`, "g"),
  new RegExp(`\\benv\\s*=\\s*${quoted}`, "g"),
  /\$\{\{?\s*env\.([A-Z][A-Z0-9_]*)/g,
];

const destructured = /\{([^{}]*)\}\s*=\s*(?:process|import\.meta)\.env\b/g;

export const environmentSettings: Reader<Setting> = {
  sign: "[eE][nN][vV]([.(!\\[]|::|iron|OrDefault)|\\benv *=|= *(process|import\\.meta)\\.env",
  paths:
    /\.(?:[cm]?[jt]sx?|vue|svelte|astro|pyi?|go|rs|java|kt|kts|scala|rb|rake|ru|gemspec|erb|php|cs|c|cc|cpp|h|ya?ml)$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    const direct = reads.flatMap((pattern) =>
      [...text.matchAll(pattern)].map(
        (match): Setting => ({
          ...place(match.index),
          name: match[1] ?? "",
          kind: "environment",
        }),
      ),
    );
    const taken = [...text.matchAll(destructured)].flatMap((match) =>
      [...(match[1] ?? "").matchAll(/(?:^|,)\s*([A-Za-z_]\w*)/g)].map(
        (inner): Setting => ({
          ...place(match.index + 1 + inner.index + inner[0].search(/[A-Za-z_]/)),
          name: inner[1] ?? "",
          kind: "environment",
        }),
      ),
    );
    return [...direct, ...taken];
  },
};

/** `.env.example`, and `NAME=…` of scripts, Dockerfiles and compose files. */
export const environmentFiles: Reader<Setting> = {
  sign: '^[ \t]*(-|export|ENV|ARG)?[ \t]*"?[A-Z][A-Z0-9_]*[=: ]',
  paths:
    /(?:^|\/)(?:\.env[\w.-]*|[\w.-]*\.env|[\w.-]*Dockerfile[\w.-]*|(?:docker-)?compose[\w.-]*\.ya?ml|[\w.-]+\.(?:ba)?sh|Makefile)$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    return [
      ...text.matchAll(
        /^[ \t]*(?:-[ \t]*|export[ \t]+|ENV[ \t]+|ARG[ \t]+)?"?([A-Z][A-Z0-9_]{2,})(?:[ \t]*[=:?]|[ \t]+\S)/gm,
      ),
    ].map(
      (match): Setting => ({ ...place(match.index), name: match[1] ?? "", kind: "environment" }),
    );
  },
};
