/**
 * One line of JSON that is the same for the same content: keys sorted by code unit, no spaces, and lone
 * surrogates escaped, so that the text is always valid UTF-8. Written by hand because building a sorted
 * object first would lose a key called `__proto__`. What JSON cannot hold (functions, undefined) is left out.
 */
export function renderCanonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (hasToJson(value)) return renderCanonicalJson(value.toJSON());
  if (Array.isArray(value)) return `[${value.map(renderCanonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined && typeof member !== "function")
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${renderCanonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

function hasToJson(value: object): value is { toJSON: () => unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}
