import type { Codebase } from "../codebase/codebase.ts";
import { loadCodebase } from "../codebase/load-codebase.ts";
import type { House } from "./house.ts";

/** What the code tells at one commit. The second time it costs little: what was read is kept beside the clone. */
export const codebaseAt = (house: House, commit: string): Promise<Codebase> =>
  loadCodebase(house.workspace.snapshot(commit), {
    progress: house.progress,
    signal: house.signal,
  });
