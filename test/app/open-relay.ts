import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

type Held = { headers: Record<string, string>; body: string; event: string };

export type Relay = {
  url: string;
  /** Everything that arrived here, in order. */
  readonly held: Held[];
  /** How many of a delivery's copies go on, and when: in milliseconds from now. */
  plan: (delivery: Held) => readonly number[];
  /** Sends everything that ever arrived once more, the newest first. Returns what was answered. */
  replay(): Promise<number[]>;
  close(): Promise<void>;
};

/** A chooser of numbers below `most` that is the same in each run. */
export function chooser(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
}

const kept = /^(content-type|user-agent|x-)/;

/** Stands between GitHub and the App: takes every delivery with 202, and passes it on as it was told. */
export async function openRelay(target: string): Promise<Relay> {
  const held: Held[] = [];
  const closed = new AbortController();
  const send = async ({ headers, body }: Held): Promise<number> => {
    const answer = await fetch(target, { method: "POST", headers, body }).catch(() => null);
    await answer?.text();
    return answer?.status ?? 0;
  };
  const later = async (delivery: Held, milliseconds: number): Promise<void> => {
    await sleep(milliseconds, undefined, { signal: closed.signal });
    await send(delivery);
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const named = Object.entries(request.headers).filter(([name]) => kept.test(name));
    const headers = Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
    const event = headers["x-github-event"] ?? "";
    const delivery = { headers, event, body: Buffer.concat(parts).toString("utf8") };
    held.push(delivery);
    response.writeHead(202).end("taken");
    for (const milliseconds of relay.plan(delivery)) later(delivery, milliseconds).catch(() => {});
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const relay: Relay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    held,
    plan: () => [0],
    replay: async () => {
      const answers: number[] = [];
      for (const delivery of [...held].reverse()) answers.push(await send(delivery));
      return answers;
    },
    close: () => {
      closed.abort();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
  return relay;
}
