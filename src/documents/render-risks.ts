import { risksSection } from "./layout-design.ts";
import type { Design } from "./schema-design.ts";
import { joinBlocks, writeSection } from "./write-document.ts";

/** The risk register as a file of its own; the design stays the source that is read back. */
export function renderRisks({ title, risks }: Pick<Design, "title" | "risks">): string {
  const parts = writeSection({ ...risksSection, required: true }, risks, 1);
  return `${joinBlocks([`# Risks of ${title}`, ...parts.slice(1)])}\n`;
}
