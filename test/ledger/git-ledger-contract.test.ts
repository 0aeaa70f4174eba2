import { expect, test } from "@jest/globals";
import { openGitLedger } from "../../src/ledger/git/open-git-ledger.ts";
import { describeLedgerStore, mustAppend, opened, unwrap } from "./contract.ts";
import { environment, makeRepository } from "./git-repository.ts";

describeLedgerStore("git ledger", async () => {
  const { directory, close } = await makeRepository();
  return { store: openGitLedger({ directory, environment }), close };
});

test("a bare repository with SHA-256 ids is as good", async () => {
  const { directory, git, close } = await makeRepository("--bare", "--object-format=sha256");
  try {
    const store = openGitLedger({ directory, environment });
    const documents = { "a.md": "1", "a/b.md": "2", "a.b.md": "3" };
    const first = await mustAppend(store, null, [opened(1)], { documents: { "b/c/d.md": "x" } });
    expect(first).toHaveLength(64);
    const second = await store.append({ issue: 1, parent: first, events: [], documents });
    expect(second.ok).toBe(true);
    const loaded = unwrap(await store.load(1, { contains: first }));
    expect(loaded.documents).toEqual({ ...documents, "b/c/d.md": "x" });
    const late = { issue: 1, parent: first, events: [], documents: {} };
    expect(unwrap(await store.append(late))).toEqual({ kind: "conflict", head: loaded.head });
    expect(unwrap(await store.recordSpend("2026-01-01", "a", 1, 9)).total).toBe(1);
    await git("fsck", "--strict", "--no-dangling");
  } finally {
    await close();
  }
});
