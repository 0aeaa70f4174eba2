import { readCommit, walk } from "./git/commits.ts";
import type { World } from "./world.ts";

/** Replaces commit ids and numbers of the machine by names in order of appearance, so that two runs can be compared. */
class Names {
  readonly #known = new Map<string, string>();
  readonly commits: readonly string[];

  constructor(commits: readonly string[]) {
    this.commits = commits;
  }

  of(kind: string, value: string): string {
    const key = `${kind} ${value}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const count = [...this.#known.keys()].filter((one) => one.startsWith(`${kind} `)).length + 1;
    const name = `<${kind} ${count}>`;
    this.#known.set(key, name);
    return name;
  }
}

/** Every commit that a text could name, also by the first letters of its id. */
function listCommits(world: World): string[] {
  const heads = [
    ...world.refs.list("refs/").map(({ id }) => id),
    ...world.statuses.map(({ sha }) => sha),
    ...[...world.reviews.values()].map(({ commit }) => commit),
  ];
  const found = heads.flatMap((head) => [...walk(world.objects, head)].map(({ id }) => id));
  return [...new Set(found)];
}

const isCommit = (world: World, id: string): boolean =>
  /^[0-9a-f]{40}$/.test(id) && world.objects.readKind(id, "commit") !== null;

/** Texts in which ids, times and addresses have names. */
function plain(world: World, names: Names, text: string | null): string | null {
  if (text === null) return null;
  return text
    .replaceAll(world.url, "<server>")
    .replace(/\b[0-9a-f]{40}\b/g, (id) => (isCommit(world, id) ? commitName(world, names, id) : id))
    .replace(/\b[0-9a-f]{7,39}\b/g, (short) => {
      const id = names.commits.find((one) => one.startsWith(short));
      return id === undefined ? short : commitName(world, names, id);
    })
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<time>")
    .replace(/(#issuecomment-|#pullrequestreview-|\/actions\/runs\/|\/comments\/)(\d+)/g, "$1<id>")
    .replace(/\bsha=[0-9a-f]{12}\b/g, "sha=<hash>")
    .replace(/\b\d+(\.\d+)? (ms|s)\b|\b\d+ m( \d+ s)?\b/g, "<duration>");
}

/** A commit by what it holds, not by when it was made. */
const commitName = (world: World, names: Names, id: string): string =>
  names.of("tree", readCommit(world.objects, id)?.tree ?? id);

function pictureThread(world: World, names: Names, number: number) {
  const thread = world.threads.get(number);
  if (!thread) return null;
  const text = (value: string | null): string | null => plain(world, names, value);
  const comments = [...world.comments.values()].filter((comment) => comment.thread === number);
  const reviews = [...world.reviews.values()].filter((review) => review.pull === number);
  const { pull } = thread;
  return {
    number,
    title: thread.title,
    author: thread.author.login,
    state: thread.state,
    locked: thread.locked,
    labels: [...thread.labels].sort(),
    body: text(thread.body),
    comments: comments.map((comment) => ({
      author: comment.author.login,
      body: text(comment.body),
      minimized: comment.minimized,
      reactions: comment.reactions.map(({ user, content }) => `${user.login} ${content}`).sort(),
    })),
    pull: pull && {
      head: pull.head,
      base: pull.base,
      commit: commitName(world, names, pull.headSha),
      draft: pull.draft,
      merged: pull.mergedAt !== null,
    },
    reviews: reviews.map((review) => ({
      author: review.author.login,
      state: review.state,
      body: text(review.body),
      commit: commitName(world, names, review.commit),
      comments: [...world.reviewComments.values()]
        .filter((comment) => comment.review === review.id)
        .map(({ path, line, body }) => ({ path, line, body: text(body) })),
    })),
  };
}

function pictureChecks(world: World, names: Names) {
  const latest = new Map(
    world.statuses.map((status) => [`${status.sha} ${status.context}`, status] as const),
  );
  const statuses = [...latest.values()].map((status) => ({
    commit: commitName(world, names, status.sha),
    context: status.context,
    state: status.state,
    description: plain(world, names, status.description),
  }));
  const checks = [...world.checks.values()].map((check) => ({
    commit: commitName(world, names, check.sha),
    name: check.name,
    app: check.app?.slug ?? null,
    status: check.status,
    conclusion: check.conclusion,
    title: check.output.title,
    annotations: check.annotations.length,
  }));
  return { statuses, checks };
}

/** What people see of the repository. */
export function takePicture(world: World): unknown {
  const names = new Names(listCommits(world));
  const branches = world.refs.list("refs/heads/").map(({ name, id }) => ({
    name: name.slice("refs/heads/".length),
    tree: readCommit(world.objects, id)?.tree,
    commits: commitName(world, names, id),
  }));
  return {
    threads: [...world.threads.keys()].map((number) => pictureThread(world, names, number)),
    ...pictureChecks(world, names),
    branches,
  };
}
