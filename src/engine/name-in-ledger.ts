// The names live with the documents, because the view needs them too.
export { documentsOf, nameInLedger, nameLate } from "../documents/name-in-ledger.ts";
