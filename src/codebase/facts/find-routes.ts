import type { Codebase } from "../codebase.ts";
import type { Route } from "../found.ts";
import { findDeclared } from "./find-declared.ts";
import { javaRoutes, rustRoutes } from "./routes/attribute-routes.ts";
import { goRoutes } from "./routes/go-routes.ts";
import { pythonRoutes } from "./routes/python-routes.ts";
import { scriptRoutes } from "./routes/script-routes.ts";
import { phpRoutes, rubyRoutes, sharpRoutes } from "./routes/web-routes.ts";

const readers = [
  scriptRoutes,
  pythonRoutes,
  goRoutes,
  rustRoutes,
  javaRoutes,
  rubyRoutes,
  phpRoutes,
  sharpRoutes,
];

/** Routes that the code registers: of the product first, then those of tests and documents. Prefixes given elsewhere are not joined. */
export const findRoutes = (codebase: Codebase): Promise<readonly Route[]> =>
  findDeclared(codebase, readers);
