/** Versions that a lockfile holds, by `name`, `name@range` or `folder>name`, whatever the file tells. */
export type Locked = Map<string, string[]>;

export function addVersion(versions: Locked, key: string, version: string): void {
  const known = versions.get(key);
  if (known === undefined) versions.set(key, [version]);
  else if (!known.includes(version)) known.push(version);
}
