import type { Delivery } from "../forge/github/delivery.ts";

/** Where a person who asked for something looks for the answer; null where nobody asked. */
export function threadOf(delivery: Delivery): number | null {
  switch (delivery.kind) {
    case "labeled":
      return delivery.issue.number;
    case "comment":
      return delivery.thread;
    case "review":
      return delivery.pull.number;
    default:
      return null;
  }
}
