/** The document that an edited comment of ours holds, and the revision that it was posted as. */
export type FoundDocument = { name: string; text: string; exploration: string; revision: number };

const MARKER = /^<!-- archwright key=spec-([\w.-]{1,100})-(\d{1,6})-BUILD_\d+ /;
const OPENING = /<!-- archwright:document ([\w.-]{1,80}) -->\n/;
const CLOSING = "<!-- /archwright:document -->";

/** Takes a document out of an edited comment. null where a person removed the marks round it: then nobody can say what is the document. */
export function findDocument(body: string): FoundDocument | null {
  const text = body.replaceAll("\r\n", "\n");
  const marker = MARKER.exec(text);
  const opening = OPENING.exec(text);
  if (!marker || !opening) return null;
  const start = opening.index + opening[0].length;
  const end = text.indexOf(CLOSING, start);
  if (end < 0) return null;
  return {
    name: opening[1] ?? "",
    text: `${text.slice(start, end).trim()}\n`,
    exploration: marker[1] ?? "",
    revision: Number(marker[2]),
  };
}
