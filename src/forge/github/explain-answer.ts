import { toPrintable } from "../../shared/printable.ts";
import { redact, redactValues } from "../../shared/redact.ts";
import type { Headers } from "./answer-headers.ts";
import type { Answer } from "./api.ts";
import { classifyRefusal } from "./classify-refusal.ts";
import { UnusableKey } from "./open-authentication.ts";

export type Refused = Extract<Answer<never>, { ok: false }>;

/** What Octokit throws for an answer that is none of the good ones. */
type Thrown = {
  name?: string;
  status?: number;
  message?: string;
  response?: { headers?: Headers; data?: unknown };
  errors?: readonly GraphqlError[];
  headers?: Headers;
  cause?: unknown;
};
type GraphqlError = { type?: string; message?: string };

export type AnswerContext = {
  route: string;
  now: Date;
  /** Root of the repository's web pages, for links to settings. */
  web: string;
  /** Values that may not be in any message. */
  secrets: readonly string[];
};

const longest = 500;

/** Turns what Octokit threw into data. Bugs of ours (no status, no network) are thrown on. */
export function explainAnswer(error: unknown, context: AnswerContext): Refused {
  const thrown = error as Thrown;
  if (thrown?.name === "GraphqlResponseError") return explainGraphql(thrown, context);
  if (thrown?.name === "AbortError") return explainAbort();
  if (error instanceof UnusableKey) return refuse(401, error.message, [], {}, context);
  if (thrown?.name !== "HttpError") throw error;
  // Octokit gives 500 to a connection that broke, and no response.
  const status = thrown.response === undefined ? 0 : (thrown.status ?? 0);
  const body = (thrown.response?.data ?? {}) as { message?: unknown; errors?: unknown };
  const said = typeof body.message === "string" ? body.message : (thrown.message ?? "");
  return refuse(status, said, readErrors(body.errors), thrown.response?.headers ?? {}, context);
}

export function explainAbort(): Refused {
  const detail = "the call of GitHub was stopped";
  return {
    ok: false,
    status: 0,
    message: detail,
    errors: [],
    failure: { reason: "interrupted", detail },
  };
}

const graphqlStatus: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
};

function explainGraphql({ errors = [], headers = {} }: Thrown, context: AnswerContext): Refused {
  const [first] = errors;
  const status = graphqlStatus[first?.type ?? ""] ?? 422;
  const messages = errors.map(({ message }) => message ?? "");
  return refuse(status, messages[0] ?? "GraphQL error", messages.slice(1), headers, context);
}

function refuse(
  status: number,
  said: string,
  saidErrors: readonly string[],
  headers: Headers,
  { route, now, web, secrets }: AnswerContext,
): Refused {
  const clean = (text: string): string =>
    toPrintable(redact(redactValues(text, secrets))).slice(0, longest);
  const message = clean(said);
  const errors = saidErrors.slice(0, 20).map(clean);
  const failure = classifyRefusal({ status, message, errors, route, headers, now, web });
  return { ok: false, status, message, errors, failure };
}

/** GitHub's `errors` are texts, or objects with a message, or objects with a field and a code. */
function readErrors(errors: unknown): string[] {
  if (typeof errors === "string") return [errors];
  if (!Array.isArray(errors)) return [];
  return errors.map((each: unknown) => {
    if (typeof each !== "object" || each === null) return String(each);
    const { resource, field, code, message } = each as Record<string, unknown>;
    if (typeof message === "string" && message !== "") return message;
    return [resource, field, code].filter((part) => typeof part === "string").join(" ");
  });
}
