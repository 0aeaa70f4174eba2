export { chooseAllCheckpoints, chooseCheckpoint } from "../codebase/choose-checkpoint.ts";
