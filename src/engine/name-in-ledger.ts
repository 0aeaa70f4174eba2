// The names live with the documents, because the view needs them too.
export { documentsOf, nameInLedger, nameLate, nameReplaced } from "../documents/name-in-ledger.ts";
