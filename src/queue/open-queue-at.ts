import type { Result } from "../shared/result.ts";
import { openSqliteQueue } from "./open-sqlite-queue.ts";
import type { Queue } from "./port.ts";
import type { QueueOptions } from "./queue-options.ts";

/** True for an address of a PostgreSQL server, as in `DATABASE_URL`. */
export const isPostgresAddress = (place: string): boolean => /^postgres(ql)?:\/\//i.test(place);

/** The queue at a place: PostgreSQL for its address, else an SQLite file of that name. Failure: `queue-unavailable`. */
export async function openQueueAt(
  place: string,
  options: Partial<QueueOptions> = {},
): Promise<Result<Queue>> {
  if (!isPostgresAddress(place)) return openSqliteQueue(place, options);
  // Loaded where it is used: most installations have no PostgreSQL.
  const { openPgBossQueue } = await import("./open-pg-boss-queue.ts");
  return await openPgBossQueue(place, options);
}
