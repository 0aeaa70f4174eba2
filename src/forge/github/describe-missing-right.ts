import type { Headers } from "./answer-headers.ts";

/** Names of rights as `permissions:` of a workflow writes them. */
const write = (right: string): string => right.replaceAll("_", "-");

/**
 * Which right a refused call needs, by the header that GitHub sends for it: alternatives are separated by `;`, rights that are needed
 * together by `,`.
 */
export function describeMissingRight({
  message,
  route,
  headers,
}: {
  message: string;
  route: string;
  headers: Headers;
}): string {
  const needed = String(headers["x-accepted-github-permissions"] ?? "");
  const scopes = String(headers["x-accepted-oauth-scopes"] ?? "");
  const ways = needed
    .split(";")
    .map((way) => way.trim())
    .filter((way) => way !== "");
  const rights = ways.map((way) =>
    way
      .split(",")
      .map((each) => each.trim().split("="))
      .map(([name = "", level = "read"]) => `\`${write(name)}: ${level}\``)
      .join(" and "),
  );
  if (rights.length > 0) return `${route} needs ${rights.join(" or ")}. (${message})`;
  if (scopes !== "") return `${route} needs a token with the scope ${scopes}. (${message})`;
  return `${route}: ${message}`;
}
