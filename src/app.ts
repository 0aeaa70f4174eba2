import { main } from "./app/main.ts";
import { readEnvironment } from "./config/read-environment.ts";

// The App's door: `npm start`. docs/install.md tells how it is set up.
await main(readEnvironment());
