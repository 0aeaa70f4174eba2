/** Sums by place. Places that have none cost nothing, so that one tally serves word after word. */
export type Tally = {
  add(place: number, count: number): void;
  /** Places that something was added to. */
  having(): number;
  /** Hands out every place with its sum, and forgets them. */
  take(visit: (place: number, count: number) => void): void;
};

/** A tally of places below `size`. Counts are above nought. */
export function createTally(size: number): Tally {
  const sums = new Float64Array(size);
  const touched = new Int32Array(size);
  let having = 0;
  return {
    add: (place, count) => {
      const before = sums[place] ?? 0;
      if (before === 0) touched[having++] = place;
      sums[place] = before + count;
    },
    having: () => having,
    take: (visit) => {
      for (let at = 0; at < having; at++) {
        const place = touched[at] ?? 0;
        visit(place, sums[place] ?? 0);
        sums[place] = 0;
      }
      having = 0;
    },
  };
}
