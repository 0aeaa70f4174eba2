/** The things seen last, by id, as many as weigh no more than `most` together. */
export type Recent<T> = { find(id: string): T | undefined; keep(id: string, thing: T): void };

/** Without a scale each thing weighs one. A thing too heavy for the whole is not kept. */
export function openRecent<T>(most: number, weigh: (thing: T) => number = () => 1): Recent<T> {
  const kept = new Map<string, T>();
  let weight = 0;
  const drop = (id: string): void => {
    const thing = kept.get(id);
    if (thing === undefined) return;
    kept.delete(id);
    weight -= weigh(thing);
  };
  return {
    find(id) {
      const thing = kept.get(id);
      if (thing === undefined) return undefined;
      kept.delete(id);
      kept.set(id, thing);
      return thing;
    },
    keep(id, thing) {
      drop(id);
      if (weigh(thing) > most) return;
      kept.set(id, thing);
      weight += weigh(thing);
      for (const oldest of kept.keys()) {
        if (weight <= most) break;
        drop(oldest);
      }
    },
  };
}
