/** Oldest Node that runs the program: `engines` of package.json. */
const OLDEST: readonly [number, number] = [22, 18];

/** What to say when Node is too old to run a command; null when it is not. Help and version work anywhere. */
export function explainOldNode(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return null;
  return (
    `✗ Node ${version} is too old: Archwright needs Node ${OLDEST.join(".")} or newer.\n` +
    "  Install a newer Node, or call `npx -p node@24 -p archwright archwright …`.\n"
  );
}
