import { openGitLedger } from "../../src/ledger/git/open-git-ledger.ts";
import { describeLedgerStore, type OpenStore } from "./contract.ts";
import { environment, makeRepository } from "./git-repository.ts";

const openStore =
  (...init: string[]): OpenStore =>
  async () => {
    const { directory, close } = await makeRepository(...init);
    return { store: openGitLedger({ directory, environment }), close };
  };

describeLedgerStore("git ledger beside a work tree", openStore());
describeLedgerStore(
  "git ledger in a bare SHA-256 repository",
  openStore("--bare", "--object-format=sha256"),
);
