import { run } from "../src/cli/action-check.ts";

process.exitCode = await run(process.env);
