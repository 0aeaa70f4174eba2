import picomatch from "picomatch";
import { isPlainGlob } from "../shared/is-plain-glob.ts";
import type { Scope } from "./constraint.ts";

export type IsWithin = (path: string) => boolean;

/** Whether a path is a file, lies in a folder, or fits a glob. A glob that could take for ever to match fits nothing. */
export function matchPlace(place: string): IsWithin {
  const plain = place.replace(/^\.\//, "").replace(/\/$/, "");
  if (!/[*?{[]/.test(plain)) return (path) => path === plain || path.startsWith(`${plain}/`);
  if (!isPlainGlob(plain)) return () => false;
  const match = picomatch(plain, { dot: true });
  return (path) => match(path);
}

export function matchScope({ within, except }: Scope): IsWithin {
  const inside = within.map(matchPlace);
  const outside = except.map(matchPlace);
  return (path) =>
    (inside.length === 0 || inside.some((is) => is(path))) && !outside.some((is) => is(path));
}

/** Whether a name of a constraint means files of the repository, and no package or symbol. */
export const isPlace = (name: string): boolean =>
  !name.startsWith("@") &&
  !/[\s()"']/.test(name) &&
  (/[*?{]/.test(name) ||
    /\/$/.test(name) ||
    /^(?:\.{1,2}|src|lib|app|tests?|packages|internal|pkg|cmd|scripts?|docs)\//.test(name) ||
    /\/.*\.\w+$/.test(name));

/** Whether a rule is about tests too: it names a folder or a file of them. Otherwise code means the product's. */
export const namesTests = (within: readonly string[]): boolean =>
  within.some((place) =>
    /(?:^|[/._-])(?:tests?|__tests__|specs?|e2e)(?:$|[/._*-])|(?:^|\/)test_/i.test(place),
  );

/** As a place, but a folder by its bare name (`__tests__/`) is meant wherever it lies. */
export function matchAnywhere(place: string): IsWithin {
  const isPlaced = matchPlace(place);
  const bare = /^([\w.-]+)\/?$/.exec(place)?.[1];
  return (path) => isPlaced(path) || (bare !== undefined && `/${path}`.includes(`/${bare}/`));
}
