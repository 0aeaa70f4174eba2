import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from "node:fs";
import { join } from "node:path";
import { actionsAccount, userActor } from "./accounts.ts";
import type { Account, ActionsStore, Delivery, Settings, StandInOptions } from "./contract.ts";
import { addressTo, deliver, makeDelivery } from "./deliver.ts";
import { writeCommit } from "./git/commits.ts";
import { Objects } from "./git/objects.ts";
import { Refs } from "./git/refs.ts";
import { changeTree, type TreeFile, writeTree } from "./git/trees.ts";
import { shapeRun, shapeWorkflow } from "./shapes/run.ts";
import type { World } from "./world.ts";

export const branch = "main";

const friendly = (): Settings => ({
  actionsMayCreatePullRequests: true,
  protectedBranches: [],
  requireSignedCommits: false,
  pushProtection: false,
  pullRequestsCollaboratorsOnly: false,
  openPullRequestLimit: null,
  parkBotRuns: false,
  graphqlWithout: [],
});

/** Every file of a folder as git would have it: modes and links too. */
function readFolder(objects: Objects, folder: string, prefix = ""): Map<string, TreeFile> {
  const files = new Map<string, TreeFile>();
  for (const name of readdirSync(folder)) {
    if (name === ".git") continue;
    const path = join(folder, name);
    const info = lstatSync(path);
    if (info.isDirectory()) {
      for (const [p, file] of readFolder(objects, path, `${prefix}${name}/`)) files.set(p, file);
    } else if (info.isSymbolicLink()) {
      const id = objects.write("blob", Buffer.from(readlinkSync(path)));
      files.set(prefix + name, { mode: "120000", id });
    } else {
      const mode = (info.mode & 0o100) === 0 ? "100644" : "100755";
      files.set(prefix + name, { mode, id: objects.write("blob", readFileSync(path)) });
    }
  }
  return files;
}

/** No packing behind our back, and every object may be asked for, as on GitHub. */
const gitSettings = `[gc]
	auto = 0
[receive]
	unpackLimit = 1000000
[core]
	quotePath = false
	logAllRefUpdates = false
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
`;

function initBare(bare: string): void {
  mkdirSync(bare, { recursive: true });
  const options = ["init", "-q", "--bare", `--initial-branch=${branch}`, bare];
  execFileSync("git", options, { stdio: "ignore" });
  appendFileSync(join(bare, "config"), gitSettings);
}

function makeActions(world: () => World): ActionsStore {
  return {
    runs: [],
    artifacts: [],
    secretNames: [],
    host: null,
    nextId: () => world().nextId(),
    announce(run, action) {
      const payload = {
        action,
        workflow_run: shapeRun(world(), run),
        workflow: shapeWorkflow(world(), run.workflow, run.name),
      };
      world().emit("workflow_run", userActor(run.actor), payload);
    },
  };
}

type Listener = (delivery: Delivery) => void;

function emitter(world: () => World, listeners: Set<Listener>): World["emit"] {
  return (event, actor, { run, ...payload }) => {
    const { apps, actions } = world();
    if (listeners.size === 0 && apps.size === 0 && actions.host === null) return;
    const delivery = makeDelivery(world(), event, actor, payload);
    for (const listener of listeners) listener(delivery);
    for (const app of world().apps.values()) {
      const addressed = addressTo(app, delivery);
      if (!addressed) continue;
      deliver(world(), app, addressed, false);
    }
    const queued = world().actions.runs.find((one) => one === run);
    if (queued) world().actions.host?.dispatched(queued, delivery.payload);
  };
}

const clockOf = (options: StandInOptions): (() => number) => {
  const now = options.now;
  return now ? () => now().getTime() : () => Date.now();
};

const emptyTables = () => ({
  tokens: new Map(),
  apps: new Map(),
  threads: new Map(),
  comments: new Map(),
  reviews: new Map(),
  reviewComments: new Map(),
  labels: new Map(),
  statuses: [],
  checks: new Map(),
  before: new Map(),
  stale: new Map(),
});

const accountsOf = (owner: Account): Pick<World, "accounts" | "roles"> => ({
  accounts: new Map([
    [owner.login.toLowerCase(), owner],
    [actionsAccount.login, actionsAccount],
  ]),
  roles: new Map([[owner.login.toLowerCase(), "admin" as const]]),
});

function counters(): Pick<World, "counts" | "nextId" | "nextNumber"> {
  const counts = { id: 1000, number: 0 };
  return { counts, nextId: () => ++counts.id, nextNumber: () => ++counts.number };
}

/** The world before anything happened: the repository with its first commit, and its owner. */
export function makeWorld(options: StandInOptions, bare: string, listeners: Set<Listener>): World {
  const owner: Account = { id: 500, login: options.owner ?? "acme", type: "User" };
  initBare(bare);
  const clock = clockOf(options);
  const now = (): string => new Date(clock()).toISOString().replace(/\.\d+Z$/, "Z");
  const world: World = {
    owner: owner.login,
    repo: options.repo ?? "widgets",
    repositoryId: 700,
    ownerAccount: owner,
    private: options.private ?? false,
    organisation: options.organisation ?? false,
    defaultBranch: branch,
    createdAt: now(),
    url: "",
    bare,
    objects: new Objects(bare),
    refs: new Refs(bare),
    settings: friendly(),
    actions: makeActions(() => world),
    clock,
    now,
    emit: emitter(() => world, listeners),
    ...accountsOf(owner),
    ...counters(),
    ...emptyTables(),
  };
  commitFirst(world, options.files);
  return world;
}

function commitFirst(world: World, folder: string): void {
  const files = readFolder(world.objects, folder);
  const tree = changeTree(world.objects, null, files) ?? writeTree(world.objects, []);
  const self = { name: world.owner, email: `${world.owner}@example.com`, date: world.now() };
  const id = writeCommit(world.objects, {
    tree,
    parents: [],
    author: self,
    committer: self,
    message: "First commit\n",
    signature: null,
  });
  world.refs.write(`refs/heads/${branch}`, id);
}
