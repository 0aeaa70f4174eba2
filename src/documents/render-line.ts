import { renderCodeSpan } from "./code-span.ts";
import type { Part } from "./layout.ts";
import type { Values } from "./reading.ts";

/** One line from its parts, on normalised values; the inverse of `readLine`. */
export const renderLine = (parts: readonly Part[], values: Values): string =>
  parts
    .map((part) => renderPart(part, values))
    .join("")
    .trimEnd();

function renderPart(part: Part, values: Values): string {
  switch (part.kind) {
    case "literal":
      return part.value;
    case "optional":
      return values[part.field] === null ? "" : renderLine(part.parts, values);
    case "place": {
      const [path, start, end] = part.fields.map((field) => values[field]);
      return renderCodeSpan(`${path}:${start}${end === undefined ? "" : `-${end}`}`);
    }
    case "box":
      return values[part.field] ? "[x]" : "[ ]";
    case "flag":
      return values[part.field] ? "yes" : "no";
    case "atom":
      return renderAtom(values[part.field], part.ticks);
    case "atoms":
      return renderList(values[part.field], (each) => renderAtom(each, part.ticks));
    case "words":
      return renderList(values[part.field], String);
    default:
      return values[part.field] === null ? "" : String(values[part.field]);
  }
}

function renderList(list: unknown, render: (each: unknown) => string): string {
  const all = Array.isArray(list) ? list : [];
  return all.length === 0 ? "none" : all.map(render).join(", ");
}

function renderAtom(value: unknown, ticks: boolean): string {
  if (value === null) return "";
  const content = String(value);
  const simple = !ticks && /^[A-Za-z][\w-]*$/.test(content) && content.toLowerCase() !== "none";
  return simple ? content : renderCodeSpan(content);
}
