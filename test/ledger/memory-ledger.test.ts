import { openMemoryLedger } from "../../src/ledger/memory-ledger.ts";
import { describeLedgerStore } from "./contract.ts";

describeLedgerStore("memory ledger", async () => ({
  store: openMemoryLedger(),
  close: async () => {},
}));
