/** What GitHub says no with. Thrown by rules and routes, turned into an answer by the server. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors?: readonly unknown[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export const notFound = (): Refusal => new Refusal(404, "Not Found");

/** 422 in GitHub's longer form, with the field that is wrong. */
export const invalid = (resource: string, field: string, code: string, message?: string): Refusal =>
  new Refusal(422, "Validation Failed", [
    { resource, code, field, ...(message === undefined ? {} : { message }) },
  ]);
