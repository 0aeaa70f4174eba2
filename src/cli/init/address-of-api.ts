/** Where the API of a host is: what the environment says, github.com's own, or that of a GitHub Enterprise server. */
export function addressOfApi(host: string, said: string | undefined): string {
  if (said) return said.replace(/\/$/, "");
  return host === "github.com" ? "https://api.github.com" : `https://${host}/api/v3`;
}
