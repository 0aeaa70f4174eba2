import type { Codebase } from "../codebase/codebase.ts";
import { findBaseClasses } from "../codebase/conventions/find-base-classes.ts";
import { findTestLayout } from "../codebase/conventions/find-test-layout.ts";
import { findRoutes } from "../codebase/facts/find-routes.ts";
import { findSettings } from "../codebase/facts/find-settings.ts";
import { findTables } from "../codebase/facts/find-tables.ts";
import type { Commands } from "../codebase/repository-facts.ts";
import type { Ground } from "./claim-rule.ts";

/** The ground over an index. Each search runs when it is first asked for, and once. */
export function openGround(codebase: Codebase, commands: Commands): Ground {
  return {
    codebase,
    commands,
    tables: once(() => findTables(codebase)),
    routes: once(() => findRoutes(codebase)),
    settings: once(() => findSettings(codebase)),
    baseClasses: once(() => findBaseClasses(codebase)),
    testLayout: once(() => findTestLayout(codebase)),
  };
}

function once<T>(find: () => T): () => T {
  let found: { value: T } | null = null;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
