import { adrBlock } from "./layout-design.ts";
import type { Adr } from "./schema-design.ts";
import { writeLoneBlock } from "./write-document.ts";

/** One decision as a file of its own; the design stays the source that is read back. */
export const renderAdr = (adr: Adr): string => writeLoneBlock(adrBlock, { ...adr });
