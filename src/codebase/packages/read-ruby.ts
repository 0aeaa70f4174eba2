import type { Dependency, Package } from "../codebase.ts";
import { folderOf, type Manifest, makePackage, type Need, nameOf } from "./manifest.ts";

const gem =
  /^\s*(?:gem|\w+\.add(_development|_runtime)?_dependency)[\s(]+["']([\w.-]+)["']((?:\s*,\s*["'][^"']*["'])*)(.*)$/;

/** Gemfile and *.gemspec, as far as they are literal. The program itself is never run. */
export function readRuby(manifest: Manifest): Package {
  const needs: Need[] = [];
  let group = "";
  for (const [index, text] of manifest.text.split("\n").entries()) {
    const opening = /^\s*group\s*\(?(.*?)\)?\s+do\b/.exec(text)?.[1];
    if (opening !== undefined) group = opening;
    else if (/^end\b/.test(text)) group = "";
    const match = gem.exec(text);
    if (!match?.[2]) continue;
    const range = [...(match[3] ?? "").matchAll(/["']([^"']*)["']/g)]
      .map((part) => part[1])
      .join(", ");
    const around = `${match[1] ?? ""} ${group} ${match[4] ?? ""}`;
    const use: Dependency["use"] =
      /_development|:development|:test|group:.*\b(?:development|test)/.test(around)
        ? "development"
        : "run";
    needs.push({ name: match[2], range, use, line: index + 1 });
  }
  const told = /\.name\s*=\s*["']([\w.-]+)["']/.exec(manifest.text)?.[1];
  return makePackage(manifest, "rubygems", {
    name: told ?? nameOf(folderOf(manifest.path)),
    needs,
  });
}
