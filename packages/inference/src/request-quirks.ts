import { InvalidRequestError, type Middleware } from "@hawser/runtime";

/** What a server wants different in the members of a JSON request. */
export interface RequestQuirks {
  /** Members it refuses, which are left out: `["stream_options"]`. */
  omit?: readonly string[];
  /** Members it knows under another name: `{ max_completion_tokens: "max_tokens" }`. A member that is there wins. */
  rename?: Readonly<Record<string, string>>;
}

/**
 * The middleware that changes JSON requests to a server's liking; none when there is nothing to change.
 *
 * @throws {InvalidRequestError} for a member nobody knows
 */
export function adaptRequests({ omit = [], rename = {}, ...others }: RequestQuirks): Middleware[] {
  const unknown = Object.entries(others).find(([, value]) => value !== undefined);
  if (unknown !== undefined) {
    throw new InvalidRequestError(`The option quirks has no member "${unknown[0]}"; it has omit and rename.`);
  }
  const renamed = Object.entries(rename);
  if (omit.length === 0 && renamed.length === 0) return [];
  return [
    async (request, next) => {
      if (!request.headers.get("content-type")?.startsWith("application/json")) return next(request);
      const body: unknown = await request.clone().json();
      if (typeof body !== "object" || body === null || Array.isArray(body)) return next(request);
      const adapted = new Map(Object.entries(body));
      for (const [name, other] of renamed) {
        if (adapted.has(name) && !adapted.has(other)) adapted.set(other, adapted.get(name));
        adapted.delete(name);
      }
      for (const name of omit) adapted.delete(name);
      return next(new Request(request, { body: JSON.stringify(Object.fromEntries(adapted)) }));
    },
  ];
}
