import type { CheckName } from "../../../documents/schema-validation-report.ts";
import type { ConfirmedFinding, ConfirmedReply } from "./confirm-reply.ts";

export type Opinion = { name: CheckName; reply: ConfirmedReply };

/**
 * Where checks contradict each other: one calls critical what another calls minor at the same lines, or one alone says that the whole
 * direction is wrong. By check, why somebody larger should look.
 */
export function findDisagreements(opinions: readonly Opinion[]): Map<CheckName, string[]> {
  const why = new Map<CheckName, string[]>();
  const add = (name: CheckName, words: string): void => {
    why.set(name, [...(why.get(name) ?? []), words]);
  };
  const against = opinions.filter(({ reply }) => reply.wrongDirection);
  const [alone] = against;
  if (alone && against.length === 1 && opinions.length > 1)
    add(alone.name, "it alone says that the direction is wrong");
  for (const [left, right] of pairs(opinions)) {
    const place = findContradiction(left.reply.findings, right.reply.findings);
    if (place === null) continue;
    add(left.name, `it and ${right.name} weigh ${place} differently`);
    add(right.name, `it and ${left.name} weigh ${place} differently`);
  }
  return why;
}

const pairs = (opinions: readonly Opinion[]): [Opinion, Opinion][] =>
  opinions.flatMap((left, index) =>
    opinions.slice(index + 1).map((right): [Opinion, Opinion] => [left, right]),
  );

function findContradiction(
  left: readonly ConfirmedFinding[],
  right: readonly ConfirmedFinding[],
): string | null {
  for (const one of left.filter(({ proven }) => proven)) {
    for (const other of right.filter(({ proven }) => proven)) {
      const severities = new Set([one.severity, other.severity]);
      if (!severities.has("critical") || !severities.has("minor")) continue;
      const place = findShared(one, other);
      if (place !== null) return place;
    }
  }
  return null;
}

function findShared(one: ConfirmedFinding, other: ConfirmedFinding): string | null {
  for (const here of one.evidence) {
    const isShared = other.evidence.some(
      (there) =>
        here.path === there.path &&
        here.startLine <= there.endLine &&
        there.startLine <= here.endLine,
    );
    if (isShared) return `\`${here.path}:${here.startLine}\``;
  }
  return null;
}
