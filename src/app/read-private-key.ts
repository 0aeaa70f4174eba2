import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Environment } from "../config/read-environment.ts";

/** A key as people hand it over: PEM, PEM in one line with `\n`, or base64 of a PEM. */
function unfold(text: string): string {
  const trimmed = text.trim().replace(/^"([\s\S]*)"$/, "$1");
  if (trimmed.includes("-----BEGIN")) return trimmed.replaceAll("\\n", "\n");
  return Buffer.from(trimmed, "base64").toString("utf8");
}

function findProblem(key: string): string | null {
  try {
    const { asymmetricKeyType } = createPrivateKey(key);
    return asymmetricKeyType === "rsa" ? null : "is not an RSA key";
  } catch {
    return "is not a private key in PEM format";
  }
}

/**
 * The private key of an App from `<name>`, or from the file that `<name>_PATH` names: the key, a problem in a sentence, or null when
 * neither is set. What is read is never part of the problem.
 */
export function readPrivateKey(
  environment: Environment,
  name: string,
): { key: string } | { problem: string } | null {
  const given = environment[name]?.trim();
  const path = environment[`${name}_PATH`]?.trim();
  if (!given && !path) return null;
  const variable = given ? name : `${name}_PATH`;
  let text = given ?? "";
  try {
    if (!given && path) text = readFileSync(path, "utf8");
  } catch (error) {
    return {
      problem: `${variable}: the file cannot be read (${(error as { code?: string }).code}).`,
    };
  }
  const key = unfold(text);
  const problem = findProblem(key);
  const remedy = "Generate one on the App's page of settings, under Private keys.";
  return problem ? { problem: `${variable} ${problem}. ${remedy}` } : { key };
}
