import type { Event } from "../../src/workflow/event.ts";
import type { Stage } from "./flow.ts";
import { type Flow, findNextJob, workOf } from "./flow-state.ts";
import { git, type LedgerRead, listRefs, type Ref, readLedger } from "./read-ledger.ts";

/** Everything that a feature leaves behind, comparable between two runs of it. */
export type Shape = {
  /** With every figure: the same where nothing was lost. */
  exact: string;
  /** Without what a lost lease may change: see `forgive`. */
  forgiving: string;
  /** Leases that ended without a result of their own. */
  lost: number;
  /** What must never be, whatever was lost. */
  wrongs: string[];
};

/** A second attempt may leave these behind the first one. Every other event may be there once, in its place, or not at all. */
const ofAttempts: ReadonlySet<string> = new Set([
  "PhaseStarted",
  "PhaseSettled",
  "LeaseExpired",
  "PhaseFailed",
  "RetryRequested",
]);

const isLoss = (event: Event): boolean =>
  event.type === "LeaseExpired" || (event.type === "PhaseFailed" && event.reason === "run-lost");

/**
 * Which run carries a lease out is told in the ledger once it is known. Where who dispatched it died in between, it is found by the nonce in
 * the run's name instead: the ledger has one event less, and the comments' counts of events with it.
 */
const isClaim = ({ type }: Event): boolean => type === "LeaseClaimed";

/**
 * Times, ids of runs and hashes of texts with times in them differ from run to run; and so do a few tokens, and with them the last cent.
 * Whether money was counted once is seen in the ledger.
 */
const plain = (text: string): string =>
  text
    .replace(/\$\d+\.\d\d/g, "$<money>")
    .replace(/ at=\d+ /g, " at=<n> ")
    .replace(/since \d\d:\d\d UTC/g, "since <time>")
    .replace(/-[0-9a-f]{12}\b/g, "-<hash>")
    .replace(/\| (yes|no) \| \d+(\.\d+)? \|/g, "| $1 | <seconds> |")
    .replace(/\b(approved|reply|comment)-\d+\b/g, "$1-<id>")
    // Hidden, and sorted by commit ids, which are other ones in every run.
    .replace(/(?<=\bchecks=).*?(?= -->)/g, (list) => list.split(",").sort().join(","));

/** The notice of a lost lease is one comment more. */
const isNotice = (body: string): boolean => /^<!-- archwright key=(expired|failure)-/.test(body);

/**
 * What may differ when one lease was lost, and nothing else: its attempt is numbered on, what it had reserved counts as spent, and the ledger
 * has the events of its end and of the new start.
 */
const forgive = (text: string): string =>
  text
    .replace(/\| unknown \|/g, "| $<money> |")
    .replace(/build and review cost unknown/g, "build and review cost $<money>")
    .replace(/<duration> · since/g, "since")
    .replace(/attempt: \d+/g, "attempt: <n>")
    .replace(/(review|validation)-((?:\d\d-)?)\d+(?=-<hash>)/g, "$1-$2<n>");

type Picture = { threads: { comments: { body: string }[] }[] };

const withoutNotices = (picture: Picture): Picture => ({
  ...picture,
  threads: picture.threads.map((thread) => ({
    ...thread,
    comments: thread.comments.filter(({ body }) => !isNotice(body)),
  })),
});

function describeEvent(event: Event): string {
  switch (event.type) {
    case "PhaseStarted":
      return `PhaseStarted ${event.lease.phase} ${event.lease.attempt}`;
    case "PhaseSettled":
      return `PhaseSettled ${event.key.phase}`;
    case "CheckpointRecorded":
      return `CheckpointRecorded ${event.checkpoint.name} ${event.checkpoint.passed}`;
    case "ReviewScored":
      return `ReviewScored ${event.round} ${event.score}`;
    case "BuildCompleted":
      return `BuildCompleted ${event.round} ${event.commits}`;
    case "ApprovalVoided":
      return `ApprovalVoided ${event.why}`;
    default:
      return event.type;
  }
}

const describeQueue = ({ runs, queue }: Flow): string[] =>
  queue.map((id) => {
    const run = runs.find((each) => each.id === id);
    if (!run) throw new Error(`no run ${id} waits`);
    const phase = /"phase":"(\w+)"/.exec(workOf(run) || run.work)?.[1] ?? "";
    const next = findNextJob(run);
    const ends = Object.entries(run.ends).map(([job, { result }]) => `${job} ${result}`);
    return `${next} ${phase} after ${ends.join(", ")}`;
  });

/** Commits of branches and of kept work, by what they say and hold. */
const describeRefs = (bare: string, refs: readonly Ref[]): string[] =>
  refs
    .filter(({ name }) => /^refs\/(heads|archwright\/work)\//.test(name))
    .map(
      ({ name }) => `${name}: ${git(bare, "log", "--format=%s %T;", name).replaceAll("\n", "")}`,
    );

/** Work is kept by attempt: a second one keeps the same again, under its own number. */
const forgiveWork = (refs: readonly string[]): string[] => [
  ...new Set(refs.map((ref) => ref.replace(/^(refs\/archwright\/work\/\S+)-\d+:/, "$1:"))),
];

/** A build that goes on from lost work does not repeat its steps: of several checkpoints of one command, the last is there. */
const forgiveCheckpoints = (events: readonly string[]): string[] =>
  events.filter((event, at) => !event.startsWith("CheckpointRecorded") || events[at + 1] !== event);

function findWrongs({ state, spend, events }: LedgerRead): string[] {
  const wrongs: string[] = [];
  const live = new Set(state.leases.map(({ nonce }) => nonce));
  const reserved = Object.keys(state.money.reserved);
  for (const nonce of reserved.filter((each) => !live.has(each))) {
    wrongs.push(`money of ${nonce} is reserved, and its lease is over`);
  }
  for (const event of events) {
    if (event.type === "LateResultKept") wrongs.push("a result came late");
  }
  const known = new Set(
    events.flatMap((event) => (event.type === "PhaseStarted" ? [event.lease.nonce] : [])),
  );
  for (const key of spend.keys()) {
    if (!known.has(key)) wrongs.push(`the day counts money of ${key}, which no lease has taken`);
  }
  return wrongs;
}

/**
 * Leases that live or were settled, where the day says of their money neither what they cost by the ledger nor what they had reserved: a day
 * that is not settled keeps the reservation, which counts as spent.
 */
function compareMoney({ events, state, spend }: LedgerRead): string[] {
  return events.flatMap((event) => {
    if (event.type !== "PhaseStarted") return [];
    const { nonce, phase, reserved } = event.lease;
    const settled = events.find((each) => each.type === "PhaseSettled" && each.nonce === nonce);
    const live = state.leases.some((lease) => lease.nonce === nonce);
    if (!live && !settled) return [];
    const should = settled?.type === "PhaseSettled" ? settled.micros : reserved.micros;
    const day = spend.get(nonce);
    return day === should || day === reserved.micros
      ? []
      : [`${phase}: ${should} by the ledger, ${day} by the day`];
  });
}

const leasesOf = ({ state }: LedgerRead): string[] =>
  state.leases.map(({ phase, spec }) => `${phase} ${spec}`);

/** Takes the shape of what there is now: what people see, branches, events, leases, money, and the runs that wait. */
export function takeShape({ standIn }: Stage, flow: Flow): Shape {
  const refs = listRefs(standIn.bare);
  const ledger = readLedger(standIn.bare, refs);
  const events = ledger.events.filter((event) => !isClaim(event));
  const picture = standIn.picture() as Picture;
  const seen = plain(JSON.stringify(picture, null, 1));
  const quiet = plain(JSON.stringify(withoutNotices(picture), null, 1));
  const branches = describeRefs(standIn.bare, refs);
  const common = {
    leases: leasesOf(ledger),
    queue: describeQueue(flow),
  };
  const money = compareMoney(ledger);
  const write = (thread: string, told: readonly string[], kept: readonly string[]): string =>
    `${thread}\n${JSON.stringify({ ...common, refs: kept, events: told, money }, null, 1)}`;
  const lasting = events.filter(({ type }) => !ofAttempts.has(type));
  const told = forgiveCheckpoints(lasting.map(describeEvent));
  return {
    exact: write(seen, events.map(describeEvent), branches),
    forgiving: write(forgive(quiet), told, forgiveWork(branches)),
    lost: events.filter(isLoss).length,
    wrongs: findWrongs(ledger),
  };
}

/** Everything that the next job can see of what was done: the shape, and every ref. */
export function describeLeft(stage: Stage, flow: Flow): string {
  const refs = listRefs(stage.standIn.bare).map(({ name, tree }) => `${name} ${tree}`);
  const artifacts = stage.standIn.actions.artifacts.map(({ run, name }) => `${run} ${name}`);
  return [takeShape(stage, flow).exact, ...refs.filter((ref) => !isTimed(ref)), ...artifacts].join(
    "\n",
  );
}

/** The tree of a ledger has times in it; its events are in the shape. */
const isTimed = (ref: string): boolean => ref.startsWith("refs/archwright/issues/");
