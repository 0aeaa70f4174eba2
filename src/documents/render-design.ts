import { designLayout } from "./layout-design.ts";
import type { Design } from "./schema-design.ts";
import { writeDocument } from "./write-document.ts";

/** The canonical Markdown of a design; `parseDesign` gives back its normal form. */
export const renderDesign = (value: Design): string => writeDocument(designLayout, value);
