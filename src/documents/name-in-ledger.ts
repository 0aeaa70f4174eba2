/** Name of a document in the ledger: explorations beside the main one have a folder of their own. */
export const nameInLedger = (exploration: string, name: string): string =>
  exploration === "main" ? name : `explorations/${exploration}/${name}`;

/** Where a late result's documents are kept: visible, never applied. */
export const nameLate = (nonce: string, name: string): string =>
  `late/${nonce.slice(0, 12)}/${name.replaceAll("/", "-")}`;

/** Where the documents of a replaced revision are kept, so that the thread can go on showing what was said. */
export const nameReplaced = (exploration: string, revision: number, name: string): string =>
  `revisions/${exploration}-${revision}/${name}`;

/** The documents of one exploration by their plain names. */
export function documentsOf(
  documents: Readonly<Record<string, string>>,
  exploration: string,
): Record<string, string> {
  const prefix = nameInLedger(exploration, "");
  const own = Object.entries(documents).filter(([name]) =>
    prefix ? name.startsWith(prefix) : !/^(explorations|late|revisions)\//.test(name),
  );
  return Object.fromEntries(own.map(([name, text]) => [name.slice(prefix.length), text]));
}
