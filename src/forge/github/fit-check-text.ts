import { splitMarkdown } from "../../shared/split-markdown.ts";

/** A text of at most `limit` characters, never cut within one. */
export function fitText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** A check run's summary takes 65,535 characters; what is over stands in the review. */
export function fitSummary(markdown: string): string {
  if (markdown.length <= 65_000) return markdown;
  return `${splitMarkdown(markdown, 64_000, 1)[0] ?? ""}\n\n*The rest is too long to be shown here.*`;
}
