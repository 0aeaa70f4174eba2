import { plainPattern } from "../codebase/facts/routes/join-pattern.ts";
import type { Route } from "../codebase/found.ts";
import { suggestWord } from "../documents/suggest-word.ts";
import { escapePattern } from "../shared/escape-pattern.ts";
import { evidenceAt, placeOf } from "./at-place.ts";
import type { ClaimRule, Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { isFalse, isOpen, isTrue, softenUnless } from "./finding.ts";
import { isSaid } from "./read-statements/is-said.ts";
import { toneOf, wordsAfter, wordsBefore } from "./read-statements/judge-tone.ts";
import { readPlanProse, type SaidSentence } from "./read-statements/list-texts.ts";

type Said = Statement & { isSure: boolean; method: string; pattern: string };

/** "`GET /users/:id` is served": the code registers it. */
export const routeRule: ClaimRule<Said> = {
  kind: "route",
  find: (plan) => {
    const coming = routesToCome(plan);
    return readPlanProse(plan).sentences.flatMap((sentence) =>
      sentence.spans.flatMap((span, index): Said[] => {
        const route = readRoute(span, sentence, index);
        if (route === null || !isSaid(sentence, index)) return [];
        if (coming.has(plainPattern(route.pattern))) return [];
        const shown = route.method === "ANY" ? route.pattern : `${route.method} ${route.pattern}`;
        return [
          {
            source: sentence.source,
            isSure: toneOf(sentence, index) === "present",
            text: `The route \`${shown}\` is there`,
            ...route,
          },
        ];
      }),
    );
  },
  check: async ({ method, pattern, isSure }, ground) =>
    softenUnless(isSure, await judge(method, pattern, ground)),
};

const full = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY)\s+(\/\S*)$/;
const bare = /^\/[\w\-/:{}<>.*()[\]]*$/;
const said = /\b(?:routes?|endpoints?|handlers? (?:for|of)|URL)\s*(?:for |at |of )?$/i;
const saidAfter = /^\s*(?:route|endpoint)s?\b/i;

function readRoute(
  span: string,
  sentence: SaidSentence,
  index: number,
): Pick<Route, "method" | "pattern"> | null {
  const match = full.exec(span);
  if (match !== null) return { method: match[1] ?? "", pattern: match[2] ?? "" };
  if (!bare.test(span)) return null;
  const before = wordsBefore(sentence, index);
  if (!said.test(before) && !saidAfter.test(wordsAfter(sentence, index))) return null;
  const method = /\b(GET|POST|PUT|PATCH|DELETE|HEAD)\b[^⟦]*$/.exec(before)?.[1] ?? "ANY";
  return { method, pattern: span };
}

function routesToCome(plan: PlanDocuments): ReadonlySet<string> {
  const coming = (plan.design?.interfaces ?? []).flatMap(({ name, signature }) =>
    [name, signature].flatMap((text) => full.exec(text.trim())?.[2] ?? []),
  );
  for (const sentence of readPlanProse(plan).sentences)
    sentence.spans.forEach((span, index) => {
      const route = readRoute(span, sentence, index);
      if (route !== null && toneOf(sentence, index) === "future") coming.push(route.pattern);
    });
  return new Set(coming.map(plainPattern));
}

const sameMethod = (route: Route, method: string): boolean =>
  method === "ANY" || route.method === "ANY" || route.method === method;

async function judge(method: string, pattern: string, ground: Ground): Promise<Judgement> {
  const routes = await ground.routes();
  const wanted = plainPattern(pattern);
  const there = routes.filter((route) => plainPattern(route.pattern) === wanted);
  const found = there.find((route) => sameMethod(route, method));
  if (found !== undefined) return isTrue(evidenceAt(found));
  const [other] = there;
  if (other !== undefined)
    return isFalse(
      `it is registered as \`${other.method} ${other.pattern}\` at ${placeOf(other)}`,
      evidenceAt(other),
    );
  if (routes.length === 0) return isOpen("no route of a known form is registered here");
  const whole = routes.find(
    (route) => plainPattern(route.pattern).endsWith(wanted) && sameMethod(route, method),
  );
  if (whole !== undefined && /\/.*[a-z].*/.test(wanted))
    return isTrue(evidenceAt(whole), `as \`${whole.pattern}\``);
  const mounted = await findMounted(wanted, method, routes, ground);
  if (mounted !== null) return mounted;
  const literal = await ground.codebase.grep(escapePattern(pattern.replace(/\/$/, "")), [], 50);
  const quoted = literal.find(({ path }) => ground.codebase.file(path)?.role === "source");
  if (quoted !== undefined)
    return isOpen(
      `${placeOf(quoted)} names the path; nothing of a known form registers it`,
      evidenceAt(quoted),
    );
  return isFalse(`no route \`${pattern}\` is registered${nearest(pattern, routes)}`);
}

/** A router knows its own part of a path only; what it is mounted at stands elsewhere, as a text. */
async function findMounted(
  wanted: string,
  method: string,
  routes: readonly Route[],
  ground: Ground,
): Promise<Judgement | null> {
  const parts = wanted.split("/").filter((part) => part !== "");
  for (let cut = 1; cut < parts.length; cut++) {
    const rest = `/${parts.slice(cut).join("/")}`;
    const route = routes.find(
      (one) => plainPattern(one.pattern) === rest && sameMethod(one, method),
    );
    if (route === undefined || !/[a-z]/.test(rest)) continue;
    const prefix = parts.slice(0, cut).join("/");
    const [mount] = await ground.codebase.grep(`["'\`]/?${escapePattern(prefix)}/?["'\`]`, [], 1);
    if (mount === undefined) return null;
    return isTrue(evidenceAt(route), `below \`/${prefix}\` of ${placeOf(mount)}`);
  }
  return null;
}

function nearest(pattern: string, routes: readonly Route[]): string {
  const near = suggestWord(
    pattern,
    routes.map((route) => route.pattern),
  );
  const route = routes.find((one) => one.pattern === near);
  return route === undefined ? "" : `; nearest is \`${route.method} ${near}\` at ${placeOf(route)}`;
}
