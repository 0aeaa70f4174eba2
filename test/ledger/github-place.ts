import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GitHubApi } from "../../src/forge/github/api.ts";
import { openGitHubApi } from "../../src/forge/github/open-api.ts";
import { openGitHubLedger } from "../../src/ledger/github/open-github-ledger.ts";
import type { RemoteOptions } from "../../src/ledger/github/remote.ts";
import type { LedgerStore } from "../../src/ledger/port.ts";
import type { StandIn } from "../github/contract.ts";
import { openStandIn } from "../github/open-stand-in.ts";

export type Place = {
  standIn: StandIn;
  api(token?: string): GitHubApi;
  /** A client of its own each time, as every job and process has. */
  store(options?: Partial<RemoteOptions>): LedgerStore;
  close(): Promise<void>;
};

export const actions = "41898282+github-actions[bot]@users.noreply.github.com";

/** A repository at the stand-in, and ledgers of it. Fails at the end when anything was not as GitHub describes it. */
export async function openPlace(): Promise<Place> {
  const files = await mkdtemp(join(tmpdir(), "archwright-ledger-"));
  await writeFile(join(files, "README.md"), "# Widgets\n");
  const standIn = await openStandIn({ files });
  const mine = standIn.actionsToken({ contents: "write" });
  const api = (token = mine): GitHubApi =>
    openGitHubApi({
      baseUrl: standIn.url,
      auth: { token },
      repository: { owner: standIn.owner, name: standIn.repo },
      pace: "none",
    });
  return {
    standIn,
    api,
    store: (options = {}) => openGitHubLedger({ api: api(), longestPause: 20, ...options }),
    async close() {
      await standIn.close();
      await rm(files, { recursive: true, force: true });
      if (standIn.offSpec.length > 0) throw new Error(standIn.offSpec.join("\n"));
    },
  };
}
