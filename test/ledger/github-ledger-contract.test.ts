import { describeLedgerStore } from "./contract.ts";
import { openPlace } from "./github-place.ts";

describeLedgerStore("GitHub ledger, sealed and signed, of Actions", async () => {
  const { store, close } = await openPlace();
  return { store: store({ secret: "a secret of route and publish", signed: true }), close };
});

describeLedgerStore("GitHub ledger of a person's token", async () => {
  const { store, api, standIn, close } = await openPlace();
  standIn.person("ada", "write");
  return { store: store({ api: api(standIn.userToken("ada")) }), close };
});
