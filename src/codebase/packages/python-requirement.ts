/** `Requests[socks] >= 2, < 3 ; python_version > "3"  # why` in its parts; null where it is none. */
export function readRequirement(text: string): { name: string; range: string } | null {
  const plain = text.replace(/(?:^|\s)#.*$/, "").trim();
  const match = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s.exec(plain);
  if (!match?.[1]) return null;
  const rest = (match[2] ?? "").replace(/;.*$/s, "").replace(/\s--?[a-z].*$/s, "");
  const range = rest.replace(/^\((.*)\)$/s, "$1").replace(/\s+/g, "");
  if (range !== "" && !/^(?:[<>=!~]=?|===|@)/.test(range)) return null;
  return { name: match[1], range };
}

/** Names of Python packages that mean the same: `Foo.Bar_baz` and `foo-bar-baz`. */
export const foldPythonName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");
