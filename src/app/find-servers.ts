import type { Environment } from "../config/read-environment.ts";
import { findWeb } from "../forge/github/find-web.ts";

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:\/\//.test(text);

/**
 * The one setting of a GitHub Enterprise Server: `GITHUB_API_URL`, or `GHE_HOST` (with `GHE_PROTOCOL`) as Probot has it. Root of git and
 * of web pages follows from it, unless `GITHUB_SERVER_URL` says otherwise.
 */
export function findServers(environment: Environment): {
  apiUrl: string;
  serverUrl: string;
  problems: readonly string[];
} {
  const problems: string[] = [];
  const host = environment.GHE_HOST?.trim();
  const protocol = environment.GHE_PROTOCOL?.trim() || "https";
  if (host && !/^[\w.-]+(:\d+)?$/.test(host)) {
    problems.push("GHE_HOST must be the name of the server alone, such as github.example.com.");
  }
  if (!/^https?$/.test(protocol)) problems.push("GHE_PROTOCOL must be https or http.");
  const ofHost = host ? `${protocol}://${host}/api/v3` : "https://api.github.com";
  const apiUrl = (environment.GITHUB_API_URL?.trim() || ofHost).replace(/\/+$/, "");
  if (!isAddress(apiUrl)) {
    problems.push("GITHUB_API_URL must be an address such as https://github.example.com/api/v3.");
  }
  const given = environment.GITHUB_SERVER_URL?.trim().replace(/\/+$/, "");
  if (given && !isAddress(given)) {
    problems.push("GITHUB_SERVER_URL must be an address such as https://github.example.com.");
  }
  const sound = problems.length === 0;
  return { apiUrl, serverUrl: sound ? given || findWeb(apiUrl) : "", problems };
}
