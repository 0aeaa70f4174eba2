/** Go exports what begins with a capital. */
export function isCapital(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
