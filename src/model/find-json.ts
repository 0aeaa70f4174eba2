/**
 * The JSON object in a reply of a model that was only asked in words for one: without the thoughts that local
 * models print first, out of a code fence, or from the first brace to the last. The text itself when nothing
 * looks like an object, so that the check can say what is wrong with it.
 */
export function findJson(reply: string): string {
  const text = withoutThoughts(reply).trim();
  if (text.startsWith("{")) return text;
  const fenced = findFenced(text);
  if (fenced !== undefined) return fenced;
  const first = text.indexOf("{");
  const last = text.lastIndexOf("}");
  return first >= 0 && last > first ? text.slice(first, last + 1) : text;
}

const THOUGHTS_END = "</think>";

/** Without the leading `<think>…</think>` of local reasoning models; some leave out the opening tag. */
export function withoutThoughts(reply: string): string {
  const end = reply.indexOf(THOUGHTS_END);
  if (end < 0) return reply;
  const before = reply.slice(0, end);
  return before.trimStart().startsWith("<think>") || !before.includes("{")
    ? reply.slice(end + THOUGHTS_END.length)
    : reply;
}

function findFenced(text: string): string | undefined {
  const open = /^ {0,3}(`{3,}|~{3,})[^\n`]*\n\s*(?=\{)/m.exec(text);
  if (!open) return undefined;
  const start = open.index + open[0].length;
  // The last fence, because a string inside the object may hold fences of its own.
  const end = text.lastIndexOf(open[1] ?? "```");
  return (end > start ? text.slice(start, end) : text.slice(start)).trim();
}
