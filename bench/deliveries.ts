import { spawn } from "node:child_process";
import { createHmac, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const WARM = 400;
const MEASURED = 4_000;
const CONCURRENCY = 8;
const secret = "a secret of the benchmark";

type Delivery = { body: string; headers: Record<string, string> };

/** GitHub's own example of a comment, each with another id and a signature of its own. Made before anything is measured. */
function makeDeliveries(name: string, count: number): Delivery[] {
  type Example = { name: string; examples: { action?: string; comment?: object }[] };
  const all = createRequire(import.meta.url)("@octokit/webhooks-examples") as Example[];
  const [example] = all.find((each) => each.name === "issue_comment")?.examples ?? [];
  return Array.from({ length: count }, (_, n) => {
    const comment = { ...example?.comment, id: n + 1, body: "/status" };
    const body = JSON.stringify({
      ...example,
      action: "created",
      comment,
      installation: { id: 7 },
    });
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    return {
      body,
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "x-github-event": "issue_comment",
        "x-github-delivery": `${name}-${n}`,
        "x-hub-signature-256": `sha256=${signature}`,
      },
    };
  });
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const send = (agent: Agent, port: number, { body, headers }: Delivery): Promise<number> =>
  new Promise((resolve, reject) => {
    const path = "/api/github/webhooks";
    const sent = request({ agent, port, host: "127.0.0.1", path, method: "POST", headers });
    sent.on("response", (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(body);
  });

/** Sends all of them, so many at a time; milliseconds of each. */
async function sendAll(port: number, deliveries: readonly Delivery[]): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const times: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < deliveries.length; at = next++) {
      const began = performance.now();
      const status = await send(agent, port, deliveries[at] as Delivery);
      if (status < 200 || status > 299) throw new Error(`answered with ${status}`);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  agent.destroy();
  return times;
}

const round = (value: number): number => Number(value.toFixed(1));

async function measure(kind: "plain" | "durable", privateKey: string) {
  const storage = await mkdtemp(join(tmpdir(), "archwright-bench-app-"));
  const port = await findPort();
  const environment = {
    ...{ PATH: process.env.PATH, APP_ID: "1", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret },
    ...{ HOST: "127.0.0.1", PORT: String(port), ARCHWRIGHT_DATA: storage },
    // Nobody is there: the workers wait, and only the taking is measured.
    GITHUB_API_URL: "http://127.0.0.1:9",
  };
  const script = join(import.meta.dirname, "deliveries-server.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, kind], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(child.stdout, "data");
    const deliveries = makeDeliveries(kind, WARM + MEASURED);
    await sendAll(port, deliveries.slice(0, WARM));
    const began = performance.now();
    const times = (await sendAll(port, deliveries.slice(WARM))).sort((a, b) => a - b);
    const perSecond = Math.round((MEASURED / (performance.now() - began)) * 1_000);
    const at = (part: number): number => round(times[Math.floor(times.length * part)] ?? 0);
    return { perSecond, p50: at(0.5), p99: at(0.99) };
  } finally {
    const ended = once(child, "close");
    child.kill("SIGKILL");
    await ended;
    await rm(storage, { recursive: true, force: true });
  }
}

/**
 * Signed deliveries a second, eight at a time, from this process to a server in another: durably acknowledged by the App, against
 * Probot with a handler that does nothing, in turn. `ratio` is the App's part of Probot's figure; the time is in milliseconds.
 */
export async function benchDeliveries(): Promise<object> {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const plain = await measure("plain", privateKey);
  const durable = await measure("durable", privateKey);
  const ratio = Number((durable.perSecond / plain.perSecond).toFixed(2));
  return { concurrency: CONCURRENCY, plain, durable, ratio };
}
