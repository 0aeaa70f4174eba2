import semver from "semver";
import type { Dependency } from "../codebase/codebase.ts";

const options = { loose: true, includePrerelease: true } as const;

/**
 * Whether a version or range that is said agrees with what a manifest asks for and a lockfile holds. It fits where it is the same
 * range, admits what is locked, or admits everything that the manifest does.
 */
export function compareVersions(
  said: string,
  dependency: Dependency,
): "fits" | "apart" | "unknown" {
  const { range, locked, ecosystem } = dependency;
  const plain = (text: string): string => text.replace(/^[v=\s]+/, "").replace(/\s+/g, "");
  if (said === "" || said === "*" || said === "latest" || plain(said) === plain(range))
    return "fits";
  if (locked !== null && plain(said) === plain(locked)) return "fits";
  const wanted = toRange(said, ecosystem, true);
  if (wanted === null) return "unknown";
  const held = locked === null ? null : semver.coerce(locked, { includePrerelease: true });
  if (held !== null) return semver.satisfies(held, wanted, options) ? "fits" : "apart";
  const asked = toRange(range, ecosystem, false);
  if (asked === null) return range === "" ? "fits" : "unknown";
  if (semver.subset(asked, wanted, options)) return "fits";
  // An exact version that the range admits may well be the one that is installed.
  return semver.intersects(asked, wanted, options) ? "unknown" : "apart";
}

/** A range in the words of npm, or null where it cannot be said in them. `isSaid`: a bare `4` of prose means any 4. */
function toRange(text: string, ecosystem: Dependency["ecosystem"], isSaid: boolean): string | null {
  const parts = text.trim().replace(/^v(?=\d)/, "");
  if (parts === "") return null;
  if (/^(?:workspace|file|link|git|https?|npm|catalog|path):/.test(parts)) return null;
  const range =
    isSaid && /^\d+(?:\.\d+)*$/.test(parts) ? sayBare(parts) : translate(parts, ecosystem);
  return range === null ? null : semver.validRange(range, options);
}

/** `4` is any 4, `4.1` any 4.1, `4.1.2` that one. */
const sayBare = (version: string): string =>
  version.split(".").length >= 3 ? version.split(".").slice(0, 3).join(".") : `${version}.x`;

function translate(range: string, ecosystem: Dependency["ecosystem"]): string | null {
  switch (ecosystem) {
    case "npm":
      return range;
    case "cargo":
      return range
        .split(",")
        .map((one) => (/^\s*\d/.test(one) ? `^${one.trim()}` : one))
        .join(" ");
    case "composer":
      return range
        .replace(/~\s*(\d+)\.(\d+)(?![\d.])/g, ">=$1.$2.0 <$1.999999.0")
        .replaceAll(",", " ")
        .replace(/(?<!\|)\|(?!\|)/g, "||");
    case "go":
      return `>=${range.replace(/^v/, "")}`;
    case "maven":
    case "nuget":
      return translateInterval(range);
    default:
      return translateOperators(range);
  }
}

/** `[1.0,2.0)`; a bare version is that version. */
function translateInterval(range: string): string | null {
  const interval = /^([[(])\s*([\d.]*)\s*,\s*([\d.]*)\s*([\])])$/.exec(range);
  if (interval === null)
    return /^\[?[\d.]+\]?$/.test(range) ? pad(range.replace(/[[\]]/g, "")) : null;
  const [, open, low = "", high = "", close] = interval;
  const from = low === "" ? "" : `${open === "[" ? ">=" : ">"}${pad(low)}`;
  const to = high === "" ? "" : `${close === "]" ? "<=" : "<"}${pad(high)}`;
  return `${from} ${to}`.trim();
}

const pad = (version: string): string => [...version.split("."), "0", "0"].slice(0, 3).join(".");

/** Python's and Ruby's lists of conditions. */
function translateOperators(range: string): string | null {
  const translated = range.split(",").map((part) => {
    const [, operator = "", version = ""] =
      /^\s*(===?|~=|~>|!=|>=|<=|<|>|=|\^|~)?\s*([\d.]+(?:\.\*)?)\s*$/.exec(part) ?? [];
    if (version === "") return null;
    const numbers = version.split(".");
    if (version.endsWith("*"))
      return operator === "!=" ? "" : numbers.slice(0, -1).join(".").concat(".x");
    if (operator === "~=" || operator === "~>") return pessimistic(numbers);
    // What a range leaves out in its middle does not matter here.
    if (operator === "!=") return "";
    return `${/^={1,3}$/.test(operator) ? "" : operator}${pad(version)}`;
  });
  return translated.includes(null) ? null : translated.join(" ").trim() || "*";
}

/** `~> 2.1` admits 2.9 and not 3.0; `~> 2.1.3` admits 2.1.9 and not 2.2. */
function pessimistic(numbers: readonly string[]): string {
  const kept = numbers.slice(0, -1).map(Number);
  const last = kept.at(-1) ?? 0;
  const above = [...kept.slice(0, -1), last + 1].join(".");
  return kept.length === 0
    ? `>=${pad(numbers.join("."))}`
    : `>=${pad(numbers.join("."))} <${pad(above)}`;
}
