/** `api/`, `/users` → `/api/users`. */
export function joinPattern(...parts: readonly string[]): string {
  const joined = parts
    .flatMap((part) => part.split("/"))
    .filter((part) => part !== "")
    .join("/");
  return `/${joined}`;
}

/** The one spelling by which routes compare: parameters are `{}`, no slash at the end, no query. */
export const plainPattern = (pattern: string): string =>
  joinPattern(pattern.split("?")[0] ?? "")
    .replace(/\{[^}/]*\}|<[^>/]*>|:\w+(?:\([^)]*\))?[?*]?|\[[^\]/]+\]/g, "{}")
    .replace(/\*\w*$/, "*")
    .toLowerCase();
