/** Value of an own key. Names of specs and explorations come from outside: `constructor` must find nothing. */
export const findOwn = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The record without some keys. */
export function without<T>(
  record: Readonly<Record<string, T>>,
  drop: (key: string, value: T) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key, value]) => !drop(key, value)));
}
