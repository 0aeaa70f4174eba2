import { readFile, stat } from "node:fs/promises";
import * as z from "zod";
import type { RepositoryIds } from "../ledger/github/remote.ts";
import type { Place } from "./read-place.ts";

const LARGEST = 26_214_400;
const payload = z.object({
  repository: z.object({
    id: z.number().int().positive(),
    node_id: z.string().min(1).max(200),
    full_name: z.string(),
  }),
});

/** Ids of the repository as the event of this run tells them; null where it does not. */
export async function readRepositoryIds(place: Place): Promise<RepositoryIds | null> {
  try {
    if ((await stat(place.eventPath)).size > LARGEST) return null;
    const read = payload.safeParse(JSON.parse(await readFile(place.eventPath, "utf8")));
    if (!read.success) return null;
    const { id, node_id: node, full_name: name } = read.data.repository;
    const own = `${place.repository.owner}/${place.repository.name}`;
    return name.toLowerCase() === own.toLowerCase() ? { id: String(id), node } : null;
  } catch {
    // An event without a payload says nothing of the repository.
    return null;
  }
}
