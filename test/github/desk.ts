import type { Routes } from "./call.ts";
import type { Logged } from "./contract.ts";
import type { Faults } from "./faults.ts";
import type { World } from "./world.ts";

/** Where requests arrive: the world, who answers what, and what is written down. */
export type Desk = {
  world: World;
  routes: Routes;
  requests: Logged[];
  offSpec: string[];
  faults: Faults;
  onRequest: ((n: number, method: string, path: string) => void) | null;
};
