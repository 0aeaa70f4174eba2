import { neutraliseImages } from "../shared/neutralise-images.ts";
import { neutraliseMentions } from "../shared/neutralise-mentions.ts";
import { neutraliseMermaid } from "../shared/neutralise-mermaid.ts";

/** Words of a model or a person, ready to stand in a comment. The one place where such words are made harmless; doing it twice adds nothing. */
export const inert = (markdown: string): string =>
  neutraliseMermaid(neutraliseImages(neutraliseMentions(markdown)));

/** The same on one line, without a line end that could begin something else. */
export const inertLine = (text: string): string => inert(text.replace(/\s+/g, " ").trim());
