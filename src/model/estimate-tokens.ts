import { estimateTokenCount } from "tokenx";

/** Tokens of a text as tokenx counts them: within a few percent for common tokenizers, no network, no tables. */
export const countTokens = (text: string): number => estimateTokenCount(text);

/**
 * Newer tokenizers make up to half as many tokens again of the same text, and hash-like text is under-counted,
 * so what is checked against an allowance is counted with this margin.
 */
const MARGIN = 1.5;

/** Tokens that a text will hardly pass, for checks before a call. */
export const estimateTokens = (...texts: readonly string[]): number =>
  Math.ceil(MARGIN * texts.reduce((sum, text) => sum + estimateTokenCount(text), 0));
