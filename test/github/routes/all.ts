import type { Routes } from "../call.ts";
import { actionsRoutes } from "./actions.ts";
import { appRoutes } from "./apps.ts";
import { checkRoutes } from "./checks.ts";
import { gitDataRoutes } from "./git-data.ts";
import { labelRoutes } from "./labels.ts";
import { metaRoutes } from "./meta.ts";
import { pullRoutes } from "./pulls.ts";
import { reactionRoutes } from "./reactions.ts";
import { repositoryRoutes } from "./repository.ts";
import { reviewRoutes } from "./reviews.ts";
import { threadRoutes } from "./threads.ts";

/** Who answers which operation of GitHub's description. */
export const routes: Routes = {
  ...actionsRoutes,
  ...appRoutes,
  ...checkRoutes,
  ...gitDataRoutes,
  ...labelRoutes,
  ...metaRoutes,
  ...pullRoutes,
  ...reactionRoutes,
  ...repositoryRoutes,
  ...reviewRoutes,
  ...threadRoutes,
};
