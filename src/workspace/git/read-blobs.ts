import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

/** Reads objects by id. `close` is not needed: the process behind it ends by itself when nothing is asked for a while. */
export type BlobReader = (object: string) => Promise<Buffer>;

type Waiting = { object: string; take: (bytes: Buffer) => void; refuse: (error: Error) => void };

const IDLE_MILLISECONDS = 100;

/**
 * A reader over one `git cat-file --batch` process, started when it is needed and ended when idle, so that
 * thousands of files cost one process and none is left behind.
 */
export function createBlobReader({
  gitDir,
  environment,
}: {
  gitDir: string;
  environment: Readonly<Record<string, string>>;
}): BlobReader {
  let current: ReturnType<typeof startBatch> | null = null;
  return (object) =>
    new Promise((take, refuse) => {
      if (current === null) {
        const started = startBatch(gitDir, environment, () => {
          if (current === started) current = null;
        });
        current = started;
      }
      current({ object, take, refuse });
    });
}

/** Starts the process; `ended` is called as soon as it takes no more questions. */
function startBatch(
  gitDir: string,
  environment: Readonly<Record<string, string>>,
  ended: () => void,
): (question: Waiting) => void {
  const waiting: Waiting[] = [];
  const child: ChildProcessWithoutNullStreams = spawn(
    "git",
    [`--git-dir=${gitDir}`, "cat-file", "--batch"],
    // Detached, so that Ctrl-C at the terminal does not reach it; it ends with its input, hence with this process.
    { cwd: gitDir, env: { ...environment }, stdio: ["pipe", "pipe", "pipe"], detached: true },
  );
  const stop = (error: Error) => {
    ended();
    for (const question of waiting.splice(0)) question.refuse(error);
  };
  const idle = { timer: setTimeout(() => {}, 0) };
  const answer = (bytes: Buffer | null) => {
    const question = waiting.shift();
    if (bytes === null) question?.refuse(new Error(`object ${question.object} is missing`));
    else question?.take(bytes);
    if (waiting.length > 0) return;
    idle.timer = setTimeout(() => {
      ended();
      child.stdin.end();
    }, IDLE_MILLISECONDS);
  };
  child.stdout.on("data", batchParser(answer));
  child.stderr.resume();
  child.stdin.on("error", stop);
  child.on("error", stop);
  child.on("close", () => stop(new Error("git cat-file ended early")));
  let questions = "";
  return (question) => {
    clearTimeout(idle.timer);
    waiting.push(question);
    // What is asked for at once is written at once: a write for each costs more than most answers.
    if (questions === "") {
      queueMicrotask(() => {
        child.stdin.write(questions);
        questions = "";
      });
    }
    questions += `${question.object}\n`;
  };
}

/** Takes the stream apart: `<id> <type> <size>\n<bytes>\n`, or `<id> missing\n`. */
function batchParser(answer: (bytes: Buffer | null) => void): (chunk: Buffer) => void {
  let header: Buffer = Buffer.alloc(0);
  let body: { chunks: Buffer[]; left: number; size: number } | null = null;
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (body === null) {
        const end = rest.indexOf(10);
        const piece = end === -1 ? rest : rest.subarray(0, end);
        header = header.length === 0 ? piece : Buffer.concat([header, piece]);
        rest = end === -1 ? Buffer.alloc(0) : rest.subarray(end + 1);
        if (end === -1) continue;
        const size = / (\d+)$/.exec(header.toString("latin1"))?.[1];
        header = Buffer.alloc(0);
        if (size === undefined) answer(null);
        else body = { chunks: [], left: Number(size) + 1, size: Number(size) };
        continue;
      }
      const part = rest.subarray(0, body.left);
      body.chunks.push(part);
      body.left -= part.length;
      rest = rest.subarray(part.length);
      if (body.left > 0) continue;
      const whole = Buffer.concat(body.chunks).subarray(0, body.size);
      body = null;
      answer(whole);
    }
  };
}

/** Questions under way at once: enough that the process never waits, few enough that memory stays small. */
const AHEAD = 256;

/** The contents of objects in the order of `ids`; `null` for one that cannot be read. Ends early when `signal` is aborted. */
export async function* readBlobs(
  readBlob: BlobReader,
  ids: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array | null> {
  const asked: Promise<Uint8Array | null>[] = [];
  let next = 0;
  while (next < ids.length || asked.length > 0) {
    signal?.throwIfAborted();
    if (asked.length <= AHEAD / 2) {
      for (; next < ids.length && asked.length < AHEAD; next++)
        asked.push(readBlob(ids[next] ?? "").catch(() => null));
    }
    yield (await asked.shift()) ?? null;
  }
}
