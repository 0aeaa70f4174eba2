/** The things seen last, by id, at most so many. */
export type Recent<T> = { find(id: string): T | undefined; keep(id: string, thing: T): void };

export function openRecent<T>(most: number): Recent<T> {
  const kept = new Map<string, T>();
  return {
    find(id) {
      const thing = kept.get(id);
      if (thing === undefined) return undefined;
      kept.delete(id);
      kept.set(id, thing);
      return thing;
    },
    keep(id, thing) {
      kept.delete(id);
      kept.set(id, thing);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
}
