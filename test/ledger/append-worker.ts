import { setTimeout as sleep } from "node:timers/promises";
import { openGitLedger } from "../../src/ledger/git/open-git-ledger.ts";
import type { JsonObject } from "../../src/ledger/port.ts";

// A process of its own that appends `count` events, reloading and trying again after every conflict, and
// names each event that was appended on standard output.
const [directory = "", writer = "", count = "0"] = process.argv.slice(2);
const given = process.env.LEDGER_ENVIRONMENT;
const store = openGitLedger(given ? { directory, environment: JSON.parse(given) } : { directory });

async function appendOne(event: JsonObject): Promise<void> {
  for (;;) {
    const loaded = await store.load(1);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
    const { head } = loaded.value;
    const documents = { [`${writer}/note.md`]: `${event.n}\n`, "shared.md": `${writer}\n` };
    const request = { issue: 1, parent: head, events: [event], documents };
    const appended = await store.append(request);
    if (!appended.ok) throw new Error(JSON.stringify(appended.failure));
    if (appended.value.kind === "appended") return;
    await sleep(Math.random() * 100);
  }
}

for (let n = 0; n < Number(count); n += 1) {
  await appendOne({ type: "Noted", writer, n });
  process.stdout.write(`${n}\n`);
}
