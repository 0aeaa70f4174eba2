import { z } from "zod";
import { workSchema } from "../engine/hand-over.ts";
import type { Delivery } from "../forge/github/delivery.ts";

const name = z.string().min(1).max(200);

/** Where a job belongs: an installation of the App and a repository, as the payload named it. */
export const placeSchema = z.object({
  installation: z.int().min(1),
  repository: z.object({ id: z.string().regex(/^\d+$/), owner: name, name }),
});
export type Place = z.infer<typeof placeSchema>;

/** Read from a verified payload by `readDelivery` before it was kept; the queue is a file of ours alone. */
const delivery = z.custom<Delivery>(
  (value) => typeof value === "object" && value !== null && "kind" in value && "source" in value,
);

/** What the queue holds. A kind of a later version is refused, not guessed. */
export const jobSchema = z.discriminatedUnion("kind", [
  /** Something that a person or a run did. */
  placeSchema.extend({ kind: z.literal("delivery"), guid: z.string().max(100), delivery }),
  /** A lease whose phase runs in the worker. */
  placeSchema.extend({ kind: z.literal("phase"), work: workSchema }),
  /** Look after everything that is open in one repository. */
  placeSchema.extend({ kind: z.literal("sweep") }),
  /** Look for failed deliveries, and for all repositories where we are installed. */
  z.object({ kind: z.literal("survey") }),
]);
export type JobData = z.infer<typeof jobSchema>;
export type JobOf<K extends JobData["kind"]> = Extract<JobData, { kind: K }>;
