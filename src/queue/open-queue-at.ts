import { fail, type Result } from "../shared/result.ts";
import { openSqliteQueue } from "./open-sqlite-queue.ts";
import type { Queue } from "./port.ts";
import type { QueueOptions } from "./queue-options.ts";

/** True for an address of a PostgreSQL server, as in `DATABASE_URL`. */
export const isPostgresAddress = (place: string): boolean => /^postgres(ql)?:\/\//i.test(place);

/** The queue at a place: an SQLite file of that name. Failure: `queue-unavailable`. */
export async function openQueueAt(
  place: string,
  options: Partial<QueueOptions> = {},
): Promise<Result<Queue>> {
  if (!isPostgresAddress(place)) return openSqliteQueue(place, options);
  return fail({ reason: "queue-unavailable", detail: "PostgreSQL is not supported yet" });
}
