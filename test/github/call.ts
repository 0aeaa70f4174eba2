import { notFound, Refusal } from "./refusal.ts";
import type { Actor, World } from "./world.ts";

/** One request that a route answers. Also what a person's act is made of, which never goes over HTTP. */
export type Call = {
  world: World;
  actor: Actor;
  /** Values of the route's template, decoded. */
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: Readonly<Record<string, unknown>>;
  headers: Readonly<Record<string, string>>;
};

export type Answer = {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Bytes instead of JSON. */
  bytes?: Uint8Array;
};

export type Handler = (call: Call) => Answer | Promise<Answer>;
export type Routes = Readonly<Record<string, Handler>>;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing = (): Answer => ({ status: 204 });

export const parameter = (call: Call, name: string): string => call.parameters[name] ?? "";

export function numberOf(call: Call, name: string): number {
  const value = Number(parameter(call, name));
  if (!Number.isInteger(value)) throw notFound();
  return value;
}

export const text = (call: Call, name: string): string | null => {
  const value = call.body[name];
  return typeof value === "string" ? value : null;
};

/** One page of a list, with GitHub's `Link` header. `wrap` names the key under which some lists stand. */
export function page(call: Call, items: readonly unknown[], wrap?: string): Answer {
  const size = Math.min(Math.max(Number(call.query.get("per_page") ?? 30) || 30, 1), 100);
  const at = Math.max(Number(call.query.get("page") ?? 1) || 1, 1);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const slice = items.slice((at - 1) * size, at * size);
  const link = (to: number, rel: string): string => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(to));
    return `<${call.world.url}${call.headers[":path"] ?? ""}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(at > 1 ? [link(at - 1, "prev")] : []),
    ...(at < last ? [link(at + 1, "next"), link(last, "last")] : []),
    ...(at > 1 ? [link(1, "first")] : []),
  ];
  return {
    status: 200,
    body: wrap === undefined ? slice : { total_count: items.length, [wrap]: slice },
    ...(links.length > 0 ? { headers: { link: links.join(", ") } } : {}),
  };
}

export const maximumBody = 65_536;

export function checkLength(resource: string, body: string | null): void {
  if (body === null || body.length <= maximumBody || [...body].length <= maximumBody) return;
  if (resource === "PullRequestReview") {
    const words = `Body is too long (maximum is ${maximumBody} characters)`;
    throw new Refusal(422, "Unprocessable Entity", [words]);
  }
  // Comments are refused in words of their own.
  const [code, field, start] =
    resource === "IssueComment" ? ["unprocessable", "data", "Body"] : ["custom", "body", "body"];
  const message = `${start} is too long (maximum is ${maximumBody} characters)`;
  throw new Refusal(422, "Validation Failed", [{ resource, code, field, message }]);
}
