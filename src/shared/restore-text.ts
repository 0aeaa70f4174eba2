/** WORD JOINER: drawn as nothing, and no part of a name, a number or a hash. The only character that neutralising adds. */
export const JOINER = "\u2060";

/** Takes back what neutralising added, so that what a person sends back hashes as what was posted. */
export const restoreText = (text: string): string => text.replaceAll(JOINER, "");
