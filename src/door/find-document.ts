import { readWrappedDocument } from "../view/wrap-document.ts";

/** The document that an edited comment of ours holds, and the revision that it was posted as. */
export type FoundDocument = { name: string; text: string; exploration: string; revision: number };

const MARKER = /^<!-- archwright key=spec-([\w.-]{1,100})-(\d{1,6})-BUILD_\d+ /;

/** Takes a document out of an edited comment. null where a person removed the marks round it: then nobody can say what is the document. */
export function findDocument(body: string): FoundDocument | null {
  const marker = MARKER.exec(body);
  const wrapped = marker ? readWrappedDocument(body) : null;
  if (!marker || !wrapped) return null;
  const [, exploration = "", revision] = marker;
  return { name: wrapped.document, text: wrapped.text, exploration, revision: Number(revision) };
}
