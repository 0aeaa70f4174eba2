import { foldText } from "./fold-text.ts";
import type { Adr } from "./schema-design.ts";

/** A title as part of a file name: lower-case ASCII words joined by dashes, at most 60 characters. */
export function slugify(title: string): string {
  const words = foldText(title)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const slug = words.join("-").slice(0, 60).replace(/-+$/, "");
  return slug === "" ? "untitled" : slug;
}

/** The number in an id (`BUILD_01` → `01`), or its slug where there is none. */
const numberIn = (id: string): string => /\d{1,9}/.exec(id)?.[0] ?? slugify(id);

/** Names of the documents in the ledger and in `docs/designs/<n>-<slug>/`; never a path outside of it. */
export const documentNames = {
  design: "design.md",
  spec: (id: string): string => (/^\w{1,60}$/.test(id) ? `${id}.md` : `${slugify(id)}.md`),
  validation: (n: number): string => `validation-${n}.md`,
  review: (specId: string, n: number): string => `review-${numberIn(specId)}-${n}.md`,
  answer: (n: number): string => `answers/${n}.md`,
  context: "context.md",
  adr: (adr: Pick<Adr, "id" | "title">): string =>
    `adrs/${numberIn(adr.id).padStart(3, "0")}-${slugify(adr.title)}.md`,
  risks: "risks.md",
  lessons: "lessons.md",
} as const;
