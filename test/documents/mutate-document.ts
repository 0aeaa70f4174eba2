/** A small random source that gives the same documents for the same seed on every machine (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const fragments = [
  "\n",
  "\n\n",
  "\r\n",
  "\t",
  "    ",
  "# ",
  "## Scope\n",
  "### ",
  "- ",
  "* ",
  "1. ",
  "> ",
  "- [ ] ",
  "[x] ",
  "```",
  "~~~\n",
  "````markdown verbatim\n",
  "|",
  "\\|",
  "\\",
  "`",
  "``",
  "<!--",
  "-->",
  "<div>\n",
  "<",
  "&amp;",
  "---\n",
  "===\n",
  "***",
  "**",
  "_",
  "None.",
  ":",
  "(",
  ")",
  ", ",
  "AC-1",
  "S-1",
  "must",
  "- before:\n",
  "- at: ",
  "\0",
  "\ufeff",
  "\ud83d",
  "👩‍👩‍👧",
  "עברית",
  "\u2028",
  "9".repeat(30),
  "a".repeat(500),
  "../",
  "__proto__",
  "constructor",
];

/** A document with one to six random edits: cut, doubled, moved, swapped or foreign pieces. */
export function mutateDocument(document: string, random: () => number): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  let text = document;
  for (let rounds = 1 + below(6); rounds > 0; rounds -= 1) {
    const at = below(text.length + 1);
    const end = Math.min(text.length, at + below(random() < 0.7 ? 12 : 400));
    const piece = text.slice(at, end);
    const other = below(text.length + 1);
    switch (below(6)) {
      case 0:
        text = text.slice(0, at) + text.slice(end);
        break;
      case 1:
        text = text.slice(0, end) + piece.repeat(1 + below(4)) + text.slice(end);
        break;
      case 2:
        text = text.slice(0, other) + piece + text.slice(other);
        break;
      case 3:
        text = swapLines(text, below);
        break;
      case 4:
        text = text.slice(0, at) + String.fromCharCode(below(0x250)) + text.slice(at + 1);
        break;
      default:
        text = text.slice(0, at) + (fragments[below(fragments.length)] ?? "") + text.slice(at);
    }
  }
  return text;
}

function swapLines(text: string, below: (limit: number) => number): string {
  const lines = text.split("\n");
  const [first, second] = [below(lines.length), below(lines.length)];
  const kept = lines[first] ?? "";
  lines[first] = lines[second] ?? "";
  lines[second] = kept;
  return lines.join("\n");
}
