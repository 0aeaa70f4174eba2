/** Groups by a key, the largest first; ties in the order of keys. A key of null leaves an item out. */
export function groupBy<T>(
  items: readonly T[],
  key: (item: T) => string | null,
): { key: string; items: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return [...groups]
    .map(([name, members]) => ({ key: name, items: members }))
    .sort((left, right) => right.items.length - left.items.length || order(left.key, right.key));
}

/** Order of code units, which is the same on every machine. */
export const order = (left: string, right: string): number =>
  left < right ? -1 : left > right ? 1 : 0;
