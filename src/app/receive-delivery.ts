import { z } from "zod";
import type { Work } from "../engine/hand-over.ts";
import type { Delivery } from "../forge/github/delivery.ts";
import { readDelivery } from "../forge/github/read-delivery.ts";
import type { Queue } from "../queue/port.ts";
import { type Result, succeed } from "../shared/result.ts";
import { findWorkInTitle } from "./find-run-work.ts";
import type { JobData, Place } from "./job.ts";
import type { Webhook } from "./serve-webhooks.ts";

/** What of a payload says where it belongs; the rest is read by `readDelivery`. */
const envelopeSchema = z.object({
  installation: z.object({ id: z.int().min(1) }),
  repository: z.object({
    id: z.int().min(1),
    name: z.string().min(1).max(200),
    owner: z.object({ login: z.string().min(1).max(200) }),
  }),
  workflow_run: z.object({ display_title: z.string().max(5_000) }).optional(),
  changes: z.object({ body: z.object({ from: z.string() }).optional() }).optional(),
});
type Envelope = z.infer<typeof envelopeSchema>;

export type Intake = {
  queue: Queue;
  /** Account ids that are us. Empty until GitHub has told them: the worker looks again. */
  own: ReadonlySet<string>;
  /** What a repository listens to, as far as its configuration was read lately; undefined when it was not. */
  heard: (repositoryId: string) => Heard | undefined;
};

/** Logins of bots, and the label that asks for a design. */
export type Heard = { bots: readonly string[]; label: string };

/** `known`: it had been taken before. `ignored`: it means nothing for us, and why. */
export type Received = { kind: "taken" | "known" } | { kind: "ignored"; why: string };

const ignored = (why: string): Received => ({ kind: "ignored", why });

const findWork = ({ workflow_run: run }: Envelope): Work | null =>
  findWorkInTitle(run?.display_title ?? "");

const marker = "<!-- archwright ";
const startsSomething = (text: string): boolean => /^\s*\//.test(text) || text.startsWith(marker);

/** Most of what happens in a repository is nothing for us, and most of that shows without asking anybody. */
function isChatter(delivery: Delivery, former: string): boolean {
  switch (delivery.kind) {
    case "comment":
      return !startsSomething(delivery.comment.body) && !startsSomething(former);
    case "review":
    case "pull-closed":
    case "pull-pushed":
    case "pull-retargeted":
      return delivery.pull.fork || !delivery.pull.branch.startsWith("archwright/");
    default:
      return false;
  }
}

/** Why nobody needs to look at it, as far as that is known without asking anybody. */
function whyDropped(delivery: Delivery, envelope: Envelope, intake: Intake): string | null {
  // Runs are ended by whoever dispatched them, us too.
  if (delivery.kind === "run-completed") {
    return findWork(envelope) ? null : "the run is none of ours";
  }
  const { sender, repositoryId } = delivery;
  if (intake.own.has(sender.id)) return "it is our own doing";
  if (isChatter(delivery, envelope.changes?.body?.from ?? "")) return "it starts nothing";
  const heard = intake.heard(repositoryId);
  if (!heard) return null;
  if (delivery.kind === "labeled" && delivery.label !== heard.label) {
    return `the label ${delivery.label} starts nothing here`;
  }
  const isListed = heard.bots.some((login) => login.toLowerCase() === sender.login.toLowerCase());
  return sender.kind === "bot" && !isListed
    ? `${sender.login} is a bot that is not listed under \`bots:\``
    : null;
}

/** What is done one at a time: all that concerns one issue. A pull request of ours names its issue in its branch. */
function threadOf(delivery: Delivery, work: Work | null): string {
  switch (delivery.kind) {
    case "labeled":
      return `${delivery.issue.number}`;
    case "comment":
      return delivery.issue ? `${delivery.thread}` : `pull-${delivery.thread}`;
    case "issue-gone":
      return `${delivery.issue}`;
    case "run-completed":
      return `${work?.issue ?? delivery.run}`;
    case "sweep":
      return "sweep";
    default: {
      const [, issue] = /^archwright\/(\d+)-/.exec(delivery.pull.branch) ?? [];
      return issue ?? `pull-${delivery.pull.number}`;
    }
  }
}

export const placeOf = ({ installation, repository }: Envelope): Place => ({
  installation: installation.id,
  repository: {
    id: String(repository.id),
    owner: repository.owner.login,
    name: repository.name,
  },
});

export const laneOf = (place: Place, thread: string): string => `${place.repository.id}:${thread}`;

/**
 * All that happens before a webhook is acknowledged: it is read, dropped where that is plain, and kept under its delivery id and under
 * what happened by its nature, so that neither a redelivery nor a second delivery of the same act makes a second job.
 */
export async function receiveDelivery(
  intake: Intake,
  { id, name, payload }: Webhook,
): Promise<Result<Received>> {
  const read = readDelivery(name, payload);
  if (!read.ok) return read;
  const delivery = read.value;
  if (delivery.kind === "ignored") return succeed(delivery);
  const envelope = envelopeSchema.safeParse(payload);
  if (!envelope.success) return succeed(ignored("it comes from no installation of the App"));
  const why = whyDropped(delivery, envelope.data, intake);
  if (why) return succeed(ignored(why));
  const place = placeOf(envelope.data);
  const data: JobData = { kind: "delivery", guid: id, delivery, ...place };
  const taken = await intake.queue.enqueue({
    id,
    key: `${place.repository.id}:${delivery.source}`,
    lane: laneOf(place, threadOf(delivery, findWork(envelope.data))),
    data,
  });
  return taken.ok ? succeed({ kind: taken.value ? "taken" : "known" }) : taken;
}
