/**
 * Whether the server signs what bots write through its API: github.com and the clouds on ghe.com do. A server of one's own does only where
 * its administrator has set that up, so nothing can be refused there for lacking a signature. A stand-in on this machine does.
 */
export function signsCommits(serverUrl: string): boolean {
  const { hostname } = new URL(serverUrl);
  return /^(github\.com|[\w-]+\.ghe\.com|127\.0\.0\.1|localhost|\[::1\])$/.test(hostname);
}
