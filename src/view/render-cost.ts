import { formatMicros } from "../shared/money.ts";
import { buildTimeline } from "./build-timeline.ts";
import { formatDuration } from "./format-duration.ts";
import type { ViewFacts } from "./render-comments.ts";

/** What the build and the reviews of one spec cost and took, all rounds together. */
export function renderCost({ events }: Pick<ViewFacts, "events">, spec: string): string {
  const ended = buildTimeline(events).filter((each) => each.spec === spec && each.endedAt !== null);
  const micros = ended.some((each) => each.micros === null)
    ? null
    : ended.reduce((sum, each) => sum + (each.micros ?? 0), 0);
  const seconds = ended.reduce(
    (sum, each) => sum + Date.parse(each.endedAt ?? each.startedAt) - Date.parse(each.startedAt),
    0,
  );
  return `build and review cost ${formatMicros(micros)} in ${formatDuration(seconds / 1000)}`;
}
