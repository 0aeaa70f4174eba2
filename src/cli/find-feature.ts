import { createHash } from "node:crypto";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import type { LedgerStore } from "../ledger/port.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Issue } from "../workflow/trigger.ts";
import type { LocalHouse } from "./open-local-house.ts";
import type { Request } from "./read-request.ts";

/** The issue that a command is about, and its feature as the ledger tells it. */
export type Found = { issue: Issue; feature: Feature; fresh: boolean };

const localId = (body: string): string =>
  `local:${createHash("sha256").update(body).digest("hex").slice(0, 24)}`;

/** Highest number first: the same words asked again after an end find the newest feature. */
async function loadAll(ledger: LedgerStore): Promise<Result<Feature[]>> {
  const numbers = await ledger.list();
  if (!numbers.ok) return numbers;
  const features: Feature[] = [];
  for (const issue of numbers.value.toReversed()) {
    const loaded = await loadFeature(ledger, issue);
    if (!loaded.ok) return loaded;
    features.push(loaded.value);
  }
  return succeed(features);
}

const toIssue = (
  local: LocalHouse,
  number: number,
  id: string,
  title: string,
  body: string,
): Issue => ({
  repository: { id: local.repository, name: local.repository.split("/").at(-1) ?? "repository" },
  id,
  number,
  title,
  body,
  requester: { id: local.person.id, login: local.person.login },
});

function known(local: LocalHouse, feature: Feature): Found {
  const { id, number, title } = feature.state.feature?.issue ?? {
    id: "",
    number: feature.issue,
    title: "",
  };
  const body = feature.documents["request.md"] ?? "";
  return { issue: toIssue(local, number, id, title, body), feature, fresh: false };
}

/** Finds a feature by number or by the words of its request; a request that is new gets the next number. */
export async function findFeature(local: LocalHouse, request: Request): Promise<Result<Found>> {
  const all = await loadAll(local.house.ledger);
  if (!all.ok) return all;
  if (request.kind === "existing") {
    const feature = all.value.find((one) => one.issue === request.issue && one.state.feature);
    return feature
      ? succeed(known(local, feature))
      : fail({ reason: "feature-not-found", issue: request.issue });
  }
  const id = localId(request.body);
  const same = all.value.find((one) => one.state.feature?.issue.id === id);
  if (same) return succeed(known(local, same));
  const number = Math.max(0, ...all.value.map((one) => one.issue)) + 1;
  const loaded = await loadFeature(local.house.ledger, number);
  if (!loaded.ok) return loaded;
  // Somebody began another request between the two looks: then the list has it now, and ours comes after.
  if (loaded.value.head !== null) return await findFeature(local, request);
  const issue = toIssue(local, number, id, request.title, request.body);
  return succeed({ issue, feature: loaded.value, fresh: true });
}
