import { spawn } from "node:child_process";
import { checkMove } from "./rules/check-move.ts";
import { moveRef } from "./rules/move-ref.ts";
import type { Actor, World } from "./world.ts";

const zero = "0".repeat(40);

type Command = { from: string; to: string; name: string };
type Push = { commands: Command[]; capabilities: string[]; pack: Buffer };

/** The commands of a push, and the pack behind them. */
function parsePush(body: Buffer): Push {
  const commands: Command[] = [];
  let capabilities: string[] = [];
  let at = 0;
  for (;;) {
    const length = Number.parseInt(body.subarray(at, at + 4).toString(), 16);
    if (!(length > 0)) break;
    const [line = "", extra] = body
      .subarray(at + 4, at + length)
      .toString()
      .replace(/\n$/, "")
      .split("\0");
    at += length;
    if (extra !== undefined) capabilities = extra.trim().split(" ");
    const [from = "", to = "", ...name] = line.split(" ");
    // A shallow clone names its edges first; what lies behind them is here.
    if (from !== "shallow") commands.push({ from, to, name: name.join(" ") });
  }
  at += 4;
  if (capabilities.includes("push-options")) {
    while (at < body.length) {
      const length = Number.parseInt(body.subarray(at, at + 4).toString(), 16);
      if (!(length >= 0)) break;
      at += Math.max(length, 4);
      if (length === 0) break;
    }
  }
  return { commands, capabilities, pack: body.subarray(at) };
}

function unpack(world: World, pack: Buffer): Promise<string> {
  if (pack.length === 0) return Promise.resolve("ok");
  const child = spawn("git", ["-C", world.bare, "unpack-objects", "-q"], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  const words: string[] = [];
  child.stderr.on("data", (part: Buffer) => words.push(part.toString()));
  child.stdin.on("error", () => undefined);
  child.stdin.end(pack);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve(code === 0 ? "ok" : (words.join(" ").trim().split("\n")[0] ?? "failed")),
    );
  });
}

const packet = (text: string | Buffer): Buffer => {
  const data = Buffer.from(text);
  return Buffer.concat([Buffer.from((data.length + 4).toString(16).padStart(4, "0")), data]);
};

const flush = Buffer.from("0000");

type Verdict = { reason: string | null; remote: string[] };

const because = (reason: string): Verdict => ({ reason, remote: [] });

const targetOf = ({ to }: Command): string | null => (to === zero ? null : to);

/** Why one command may not be done; no reason where it may. A push that overwrites was forced by git on the other side. */
function judgeCommand(world: World, actor: Actor, command: Command): Verdict {
  const { from, name } = command;
  const target = targetOf(command);
  if ((world.refs.read(name) ?? zero) !== from) return because("failed to update ref");
  if (name === `refs/heads/${world.defaultBranch}` && target === null) {
    return because("refusing to delete the current branch");
  }
  if (/^refs\/pull\//.test(name)) return because("deny updating a hidden ref");
  if (target !== null && !world.objects.read(target)) return because("missing necessary objects");
  const objection = checkMove(world, actor, name, target);
  return objection ?? { reason: null, remote: [] };
}

/** Each ref on its own, or all or none of them. */
function applyCommands(
  world: World,
  actor: Actor,
  commands: readonly Command[],
  atomic: boolean,
): Verdict[] {
  const verdicts = atomic ? commands.map((command) => judgeCommand(world, actor, command)) : [];
  if (verdicts.some(({ reason }) => reason !== null)) {
    return verdicts.map((one) => (one.reason === null ? because("atomic push failure") : one));
  }
  return commands.map((command) => {
    const verdict = judgeCommand(world, actor, command);
    if (verdict.reason === null) moveRef(world, actor, command.name, targetOf(command));
    return verdict;
  });
}

/** Takes a push as GitHub does, each ref on its own (all or none with `atomic`), and answers the report for git. */
export async function receivePush(world: World, actor: Actor, body: Buffer): Promise<Buffer> {
  const { commands, capabilities, pack } = parsePush(body);
  if (commands.length === 0) return Buffer.alloc(0);
  const unpacked = await unpack(world, pack);
  const verdicts =
    unpacked === "ok"
      ? applyCommands(world, actor, commands, capabilities.includes("atomic"))
      : commands.map(() => because("unpacker error"));
  const report = Buffer.concat([
    packet(`unpack ${unpacked}\n`),
    ...commands.map(({ name }, at) => {
      const reason = verdicts[at]?.reason ?? null;
      return packet(reason === null ? `ok ${name}\n` : `ng ${name} ${reason}\n`);
    }),
    flush,
  ]);
  if (!capabilities.includes("side-band-64k")) return report;
  const lines = verdicts.flatMap(({ remote }) => remote.map((line) => `${line}\n`));
  const words = lines.map((line) => packet(Buffer.concat([Buffer.from([2]), Buffer.from(line)])));
  const bands: Buffer[] = [];
  for (let at = 0; at < report.length; at += 60_000) {
    bands.push(packet(Buffer.concat([Buffer.from([1]), report.subarray(at, at + 60_000)])));
  }
  return Buffer.concat([...words, ...bands, flush]);
}
