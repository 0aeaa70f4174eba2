import { codeRanges } from "./code-ranges.ts";
import { JOINER } from "./restore-text.ts";

/** `#`, `@`, letters, digits and the marks of an address, written as entities: they would slip through what is matched below. */
const entity =
  /&#(?=0*(?:35|4[5-9]|5[0-8]|6[4-9]|[78]\d|9[05]|9[7-9]|1[01]\d|12[0-2]);|x0*(?:23|2[d-f]|3[0-9a]|4[0-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a]);)|&(?=(?:commat|num|sol|colon|period|lowbar);)/i;
const mention = /@(?=[a-z0-9])/i;
const number = /#(?=\d)(?!(?<=&#)\d{1,7};)|(?<![a-z0-9])GH\\?-(?=\d)/i;
// Short hashes link too where a commit begins so. Words of letters only, and numbers, are left alone.
const hash = /(?<![a-z0-9])(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,40}(?![a-z0-9])/i;
const address =
  /(?<=(?:\/\/|www\.)\S{1,200})\\?\/(?:issues|pull|pulls|discussions|commit|commits)\\?\/(?=\\?[0-9a-f])/i;
const comment = /<(?=!--)/;

const inert = new RegExp(
  [entity, mention, number, hash, address, comment].map(({ source }) => `(?:${source})`).join("|"),
  "gi",
);

/** Six characters are too short to be taken for a hash. */
const breakHash = (text: string): string => text.replace(/.{6}(?=.)/g, `$&${JOINER}`);

/**
 * Makes a text of a model or a person safe to post: nothing in it calls a person or team, links an issue, a commit or a pull
 * request, closes one, or passes for a comment or marker of ours. Only invisible joiners are added, and none in code that is
 * certainly shown as code, so people see and copy the same text; `restoreText` gives it back. `alsoInCode`: for text that is about to be
 * taken out of its code.
 */
export function neutraliseMentions(
  markdown: string,
  options: { alsoInCode: boolean } = { alsoInCode: false },
): string {
  const ranges = codeRanges(markdown);
  const written: string[] = [];
  let from = 0;
  inert.lastIndex = 0;
  for (let match = inert.exec(markdown); match; match = inert.exec(markdown)) {
    const code = options.alsoInCode ? null : ranges.endAt(match.index);
    if (code !== null) {
      inert.lastIndex = Math.max(code, match.index + 1);
      continue;
    }
    const [found] = match;
    written.push(markdown.slice(from, match.index));
    written.push(/^[0-9a-f]{7,}$/i.test(found) ? breakHash(found) : `${found}${JOINER}`);
    from = match.index + found.length;
  }
  return written.join("") + markdown.slice(from);
}
