import type { Dependency, Package } from "../codebase.ts";
import { type Manifest, makePackage, type Need, nameOf } from "./manifest.ts";
import { readRequirement } from "./python-requirement.ts";

const isForDevelopment = /dev|test|lint|doc|typing|ci|build|check|style|tool/i;

/** requirements*.txt. What a line includes (`-r`, `-c`), a path or an address is left out. */
export function readRequirements(manifest: Manifest): Package {
  const file = nameOf(manifest.path);
  const use: Dependency["use"] = isForDevelopment.test(file) ? "development" : "run";
  const needs = manifest.text.split("\n").flatMap((text, index): Need[] => {
    const need = /^\s*-|:\/\/|^\s*[./]/.test(text)
      ? null
      : readRequirement(text.replace(/\\\s*$/, ""));
    return need === null ? [] : [{ ...need, use, line: index + 1 }];
  });
  return makePackage(manifest, "pypi", { name: "", needs });
}

/** setup.cfg: `[metadata] name`, `[options] install_requires` and the extras. */
export function readSetupConfiguration(manifest: Manifest): Package {
  const needs: Need[] = [];
  let name = "";
  let section = "";
  let key = "";
  for (const [index, text] of manifest.text.split("\n").entries()) {
    const header = /^\[([^\]]+)\]/.exec(text)?.[1];
    const pair = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(text);
    if (header !== undefined) [section, key] = [header.trim(), ""];
    else if (pair) key = pair[1] ?? "";
    if (header !== undefined) continue;
    if (section === "metadata" && key === "name" && pair) name = (pair[2] ?? "").trim();
    const use = useOf(section, key);
    const need = use === null ? null : readRequirement(pair ? (pair[2] ?? "") : text);
    if (use !== null && need !== null) needs.push({ ...need, use, line: index + 1 });
  }
  return makePackage(manifest, "pypi", { name, needs });
}

function useOf(section: string, key: string): Dependency["use"] | null {
  if (section === "options" && key === "install_requires") return "run";
  if (section === "options" && key === "tests_require") return "development";
  if (section !== "options.extras_require" || key === "") return null;
  return isForDevelopment.test(key) ? "development" : "optional";
}

/** setup.py, as far as its lists are written out; the program itself is never run. */
export function readSetupProgram(manifest: Manifest): Package {
  const { text } = manifest;
  const needs = [
    ...text.matchAll(/\b(install_requires|tests_require)\s*=\s*\[([^\]]{0,20000})\]/g),
  ].flatMap((match) => {
    const use: Dependency["use"] = match[1] === "install_requires" ? "run" : "development";
    const start = match.index + match[0].length - (match[2] ?? "").length - 1;
    return readStrings(match[2] ?? "", start, text, use);
  });
  const name = /\bname\s*=\s*(["'])([\w.-]+)\1/.exec(text)?.[2] ?? "";
  return makePackage(manifest, "pypi", { name, needs });
}

function readStrings(list: string, start: number, text: string, use: Dependency["use"]): Need[] {
  return [
    ...list.replace(/#.*/g, (comment) => " ".repeat(comment.length)).matchAll(/(["'])(.*?)\1/g),
  ].flatMap((match) => {
    const need = readRequirement(match[2] ?? "");
    const line = text.slice(0, start + match.index).split("\n").length;
    return need === null ? [] : [{ ...need, use, line }];
  });
}
