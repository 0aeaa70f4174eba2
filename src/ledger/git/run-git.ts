import { execa } from "execa";

/** How a git process ended. `exitCode` null: it could not be started or was killed; `detail` then says why. */
export type GitAnswer = { exitCode: number | null; stdout: Buffer; detail: string; code: string };

/** Object as git stores it; null when the repository has none of that name. */
export type GitObject = { id: string; type: string; bytes: Buffer };

/** Reads one object by its full id, or `<id>:<path>`; throws `GitDied` when git ends instead of answering. */
export type GetObject = (name: string) => Promise<GitObject | null>;

/** The two ways in which the ledger speaks to git. Wrapped in tests to make git forgetful or faulty. */
export type Git = {
  /** One process, arguments never seen by a shell, standard input given at once. Never throws. */
  run(args: readonly string[], input?: Uint8Array): Promise<GitAnswer>;
  /** One `cat-file --batch` process for as many objects as `talk` asks for. Rejects with what `talk` throws. */
  readObjects<T>(talk: (get: GetObject) => Promise<T>): Promise<T>;
};

/** git ended, or could not begin, while an object was being read. */
export class GitDied extends Error {
  readonly answer: GitAnswer;
  constructor(answer: GitAnswer) {
    super(answer.detail);
    this.name = "GitDied";
    this.answer = answer;
  }
}

/** Where git runs; without an environment that of the process, less what would redirect git. */
export type GitPlace = { directory: string; environment?: Record<string, string> | undefined };

/**
 * What a hook, an alias or a CI step may have set and what would send us to another repository, or refuse our
 * write: `git rev-parse --local-env-vars` and its like.
 */
const redirecting = [
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_CEILING_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_CONFIG",
  "GIT_CONFIG_COUNT",
  "GIT_CONFIG_PARAMETERS",
  "GIT_DEFAULT_HASH",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_NAMESPACE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_QUARANTINE_PATH",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
] as const;

const fixed = {
  LC_ALL: "C",
  GIT_NO_LAZY_FETCH: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
};

/** No hook of the repository runs, and what `appended` promises is on the disk. */
const settings = [
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "core.fsync=committed,loose-object,reference",
];

const optionsOf = (place: GitPlace) =>
  ({
    cwd: place.directory,
    env: {
      ...place.environment,
      ...Object.fromEntries(redirecting.map((name) => [name, undefined])),
      ...fixed,
    },
    extendEnv: place.environment === undefined,
    reject: false,
    // In a process group of its own: Ctrl-C at the terminal must not end an append half-way.
    detached: true,
    encoding: "buffer",
    stripFinalNewline: false,
    maxBuffer: 2 ** 30,
  }) as const;

/** Git in one repository (bare or not), by real processes. Touches nothing by itself. */
export function openGit(place: GitPlace): Git {
  const options = optionsOf(place);
  return {
    async run(args, input) {
      const stdin = input === undefined ? { stdin: "ignore" as const } : { input };
      return answerOf(await execa("git", [...settings, ...args], { ...options, ...stdin }));
    },
    async readObjects(talk) {
      const child = execa("git", [...settings, "cat-file", "--batch"], {
        ...options,
        buffer: { stdout: false, stderr: true },
      });
      // A git that ends early breaks the pipe; that is told by its answer, not by the stream.
      child.stdin.on("error", () => {});
      const reader = readAnswers(child.stdout);
      let before: Promise<unknown> = Promise.resolve();
      const get: GetObject = (name) => {
        child.stdin.write(`${name}\n`);
        const answer = before.then(
          () => reader(),
          () => reader(),
        );
        before = answer;
        return answer.catch(async (error: unknown) => {
          throw error instanceof CutShort ? new GitDied(answerOf(await child)) : error;
        });
      };
      try {
        return await talk(get);
      } finally {
        child.stdin.end();
        child.kill();
        await child;
      }
    },
  };
}

function answerOf(result: {
  exitCode?: number | undefined;
  code?: string | undefined;
  stdout?: unknown;
  stderr?: unknown;
  shortMessage?: string | undefined;
}): GitAnswer {
  const stdout = Buffer.from(result.stdout instanceof Uint8Array ? result.stdout : []);
  const stderr = result.stderr instanceof Uint8Array ? Buffer.from(result.stderr).toString() : "";
  const detail = stderr.trim() || result.shortMessage || "git ended without a word";
  return { exitCode: result.exitCode ?? null, stdout, detail, code: result.code ?? "" };
}

/** The stream ended before the answer did. */
class CutShort extends Error {}

/** Reads `cat-file --batch` answers one after another, in the order of the questions. */
function readAnswers(stream: AsyncIterable<unknown>): () => Promise<GitObject | null> {
  const iterator = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  async function more(): Promise<Buffer> {
    const next = await iterator.next();
    if (next.done === true || !(next.value instanceof Uint8Array)) throw new CutShort();
    return Buffer.from(next.value);
  }
  async function readLine(): Promise<string> {
    while (!rest.includes(0x0a)) rest = Buffer.concat([rest, await more()]);
    const end = rest.indexOf(0x0a);
    const line = rest.subarray(0, end).toString();
    rest = rest.subarray(end + 1);
    return line;
  }
  async function readBytes(count: number): Promise<Buffer> {
    const parts = [rest];
    let have = rest.length;
    while (have < count) {
      const part = await more();
      parts.push(part);
      have += part.length;
    }
    const all = Buffer.concat(parts);
    rest = all.subarray(count);
    return all.subarray(0, count);
  }
  return async () => {
    const header = await readLine();
    const [id = "", type = "", size = ""] = header.split(" ");
    if (!/^[0-9]+$/.test(size)) return null;
    const bytes = await readBytes(Number(size) + 1);
    return { id, type, bytes: bytes.subarray(0, -1) };
  };
}
