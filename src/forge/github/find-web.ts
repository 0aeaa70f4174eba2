/** Root of the web pages that belong to an address of the API. */
export function findWeb(baseUrl: string): string {
  const url = new URL(baseUrl);
  if (url.hostname === "api.github.com") return "https://github.com";
  // `<name>.ghe.com` has its API on a host of its own; a server of one's own has it below `/api/v3`.
  if (/^api\.[^.]+\.ghe\.com$/.test(url.hostname)) return `https://${url.host.slice(4)}`;
  return `${url.origin}${url.pathname.replace(/\/api\/v3\/?$/, "").replace(/\/+$/, "")}`;
}
