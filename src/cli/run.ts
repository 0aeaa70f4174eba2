import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { carryOn } from "./carry-on.ts";
import { dryRun } from "./dry-run.ts";
import { findFeature } from "./find-feature.ts";
import { finish } from "./finish.ts";
import { noteUncommitted } from "./note-uncommitted.ts";
import type { HouseOptions, LocalHouse, Overrides } from "./open-local-house.ts";
import { openTerminal } from "./open-terminal.ts";
import { type Request, readRequest } from "./read-request.ts";
import { recover } from "./recover.ts";
import { reportFailure } from "./report-failure.ts";
import type { Terminal } from "./terminal.ts";
import { withHouse } from "./with-house.ts";

export type RunOptions = HouseOptions & {
  issue: string;
  yes: boolean;
  dryRun: boolean;
  json?: string;
};

/** `archwright run`: from the request to the end of what can be done without anybody else. */
async function carry(
  terminal: Terminal,
  local: LocalHouse,
  request: Request,
  options: RunOptions,
): Promise<number> {
  const found = await findFeature(local, request);
  if (!found.ok) return reportFailure(terminal, found.failure);
  const { issue, fresh, feature } = found.value;
  if (feature.state.plan === null) await noteUncommitted(terminal, local);
  if (options.dryRun) return await dryRun(terminal, local, found.value);
  terminal.err(
    fresh
      ? `Feature ${issue.number}: ${issue.title}`
      : `Feature ${issue.number} goes on: ${issue.title}`,
  );
  const recovered = await recover(local, feature);
  if (!recovered.ok) return reportFailure(terminal, recovered.failure, local.log);
  const carried = await carryOn({ local, issue, terminal, yes: options.yes }, recovered.value);
  // Another request took the number meanwhile; whoever takes the next one is found before it is given to us.
  if (!carried.ok && carried.failure.reason === "issue-mismatch" && fresh) {
    return await carry(terminal, local, request, options);
  }
  if (!carried.ok) return reportFailure(terminal, carried.failure, local.log);
  return await finish(terminal, local, carried.value, options.json);
}

/** Asked before the work and not after it: whether the summary will have a place. */
async function canWrite(path: string): Promise<boolean> {
  const there = await stat(path).catch(() => null);
  if (there) return !there.isDirectory() && (await mayWrite(path));
  return await mayWrite(dirname(resolve(path)));
}

const mayWrite = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );

export async function runRequest(
  terminal: Terminal,
  options: RunOptions,
  overrides: Overrides,
): Promise<number> {
  const request = await readRequest(options.issue);
  if (!request.ok) return reportFailure(terminal, request.failure);
  const writable = options.json === undefined || (await canWrite(options.json));
  if (!writable) {
    const detail = `The summary cannot be written to ${options.json}.`;
    return reportFailure(terminal, { reason: "bad-usage", detail });
  }
  return await withHouse(terminal, options, overrides, true, (local) =>
    carry(terminal, local, request.value, options),
  );
}

export const runCommand = async (options: RunOptions): Promise<number> =>
  await runRequest(openTerminal(), options, {});
