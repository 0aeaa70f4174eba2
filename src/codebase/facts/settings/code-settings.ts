import type { Setting } from "../../found.ts";
import type { Reader } from "../find-declared.ts";
import { openPlaces } from "../line-places.ts";

const quoted = `["'\`]([A-Za-z_][\\w.:-]*)["'\`]`;

/** How programs read a key of their configuration. */
const reads: readonly RegExp[] = [
  new RegExp(
    `\\b(?:\\w*[cC]onfig|[sS]ettings|\\w*[oO]ptions)(?:\\.(?:get|getOrThrow|has|getint|getbool|getfloat|getlist|getdict|GetString|GetInt|GetBool|setdefault))?[[(]\\s*${quoted}`,
    "g",
  ),
  new RegExp(`\\bviper\\.(?:Get\\w*|SetDefault|BindEnv)\\(\\s*${quoted}`, "g"),
  /@Value\(\s*"\$\{([\w.-]+)/g,
  /@ConfigurationProperties\(\s*(?:prefix\s*=\s*|value\s*=\s*)?"([\w.-]+)"/g,
];

export const codeSettings: Reader<Setting> = {
  sign: "([cC]onfig|[sS]ettings|[oO]ptions)(\\.[A-Za-z]+)?[[(] *[\"'`]|viper\\.|@Value\\(|@ConfigurationProperties",
  paths: /\.(?:[cm]?[jt]sx?|pyi?|go|rs|java|kt|rb|php|cs)$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    return reads.flatMap((pattern) =>
      [...text.matchAll(pattern)].map(
        (match): Setting => ({
          ...place(match.index),
          name: match[1] ?? "",
          kind: "configuration",
        }),
      ),
    );
  },
};

/** Constants of a module that holds the defaults: `DOWNLOAD_DELAY = 0` of `settings.py`. */
export const defaultSettings: Reader<Setting> = {
  sign: "^[A-Z][A-Z0-9_]+ *(:.*)?=",
  paths: /(?:^|\/)(?:\w*settings|\w*config|defaults?)(?:\/\w+)?\.py$/,
  read: (path, text) => {
    const place = openPlaces(path, text);
    return [...text.matchAll(/^([A-Z][A-Z0-9_]+)\s*(?::[^=\n]*)?=/gm)].map(
      (match): Setting => ({ ...place(match.index), name: match[1] ?? "", kind: "configuration" }),
    );
  },
};
