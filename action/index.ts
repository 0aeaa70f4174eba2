import { runAction } from "../src/action/run-action.ts";

process.exitCode = await runAction(process.env);
