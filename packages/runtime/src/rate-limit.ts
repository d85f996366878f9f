/** One limit. Only what the server said is present. */
export interface RateLimitWindow {
  /** How much is allowed per window. */
  limit?: number;
  /** How much is left. */
  remaining?: number;
  /** When the window starts anew. */
  reset?: Date;
}

/** What the server said about how much may still be asked of it. Without telling what is counted, or of requests. */
export interface RateLimit extends RateLimitWindow {
  /** The limit counted in requests, where the server tells requests and tokens apart. */
  requests?: RateLimitWindow;
  /** The limit counted in tokens, where the server tells requests and tokens apart. */
  tokens?: RateLimitWindow;
}

const secondsPerUnit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Reads a duration such as `6m0s`, `1.5s`, `20ms` or plain seconds.
 *
 * @returns milliseconds, or undefined when the text isn't a duration.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseDuration(text: string): number | undefined {
  const value = text.trim();
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(value)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of value.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) {
    seconds += Number(amount) * secondsPerUnit[unit!]!;
  }
  return Math.round(seconds * 1000);
}

/** From here on a plain number can't be seconds to wait (it would be 31 years), so it is a point in time. */
const smallestTimestamp = 1_000_000_000;
/** From here on a timestamp can't be in seconds (it would be the year 5138), so it is in milliseconds. */
const smallestMillisecondTimestamp = 100_000_000_000;

/** Reads a moment: a unix timestamp (seconds or milliseconds), an ISO or HTTP date, a duration from now. */
function parseReset(text: string, now: number): Date | undefined {
  const duration = parseDuration(text);
  if (duration === undefined) {
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : new Date(date);
  }
  const figure = duration / 1000;
  if (/^[\d.\s]+$/.test(text) && figure >= smallestTimestamp) {
    return new Date(figure >= smallestMillisecondTimestamp ? figure : duration);
  }
  return new Date(now + duration);
}

function parseCount(text: string | null): number | undefined {
  // `X-RateLimit-Limit: 100, 100;w=60` lists the policies behind the figure in force.
  const digits = text?.match(/^\s*(\d+)/)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** What is known of a window; nothing when nothing is. */
function toWindow(
  limit: number | undefined,
  remaining: number | undefined,
  reset: Date | undefined,
): RateLimitWindow | undefined {
  if (limit === undefined && remaining === undefined && reset === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(reset !== undefined && { reset }),
  };
}

function readWindow(
  headers: Headers,
  name: (part: string) => string,
  now: number,
): RateLimitWindow | undefined {
  const reset = headers.get(name("reset"));
  return toWindow(
    parseCount(headers.get(name("limit"))),
    parseCount(headers.get(name("remaining"))),
    reset === null ? undefined : parseReset(reset, now),
  );
}

/** Reads parameters such as `limit=100, remaining=50, reset=5` and `"default";r=50;t=30`. */
function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/([a-z]+)\s*=\s*"?([^",;\s]+)/gi)) {
    parameters.set(name!.toLowerCase(), value!);
  }
  return parameters;
}

function toFigure(text: string | undefined): number | undefined {
  const figure = Number(text);
  return Number.isFinite(figure) ? figure : undefined;
}

/**
 * Reads the structured fields of the IETF draft, in the form with named items (`RateLimit: "default";r=50;t=30` beside
 * `RateLimit-Policy: "default";q=100;w=60`) and in the earlier one (`RateLimit: limit=100, remaining=50, reset=5`).
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
function readStructured(headers: Headers, now: number): RateLimitWindow | undefined {
  const field = headers.get("ratelimit");
  if (field === null) return undefined;
  // The first item is the one in force; a second policy would overwrite it.
  const parameters = readParameters(field.includes(";") ? field.split(",")[0]! : field);
  const policy = readParameters((headers.get("ratelimit-policy") ?? "").split(",")[0]!);
  const seconds = toFigure(parameters.get("reset") ?? parameters.get("t"));
  return toWindow(
    toFigure(parameters.get("limit") ?? policy.get("q")),
    toFigure(parameters.get("remaining") ?? parameters.get("r")),
    seconds === undefined ? undefined : new Date(now + seconds * 1000),
  );
}

/**
 * Reads what an answer's headers say about rate limits: `X-RateLimit-*`, `x-ratelimit-*-requests` and `-tokens`,
 * `RateLimit-*` and `RateLimit`.
 *
 * @param now - milliseconds since 1970, what durations count from.
 */
export function readRateLimit(headers: Headers, now: number = Date.now()): RateLimit | undefined {
  const requests = readWindow(headers, (part) => `x-ratelimit-${part}-requests`, now);
  const tokens = readWindow(headers, (part) => `x-ratelimit-${part}-tokens`, now);
  const plain =
    readWindow(headers, (part) => `x-ratelimit-${part}`, now) ??
    readWindow(headers, (part) => `ratelimit-${part}`, now) ??
    readStructured(headers, now) ??
    requests;
  if (plain === undefined && tokens === undefined) return undefined;
  return { ...plain, ...(requests && { requests }), ...(tokens && { tokens }) };
}
