import { quote, redact } from "./quote.ts";

/** The mark every error of the project carries, the same in every copy of every package. */
const brand = Symbol.for("hawser.error");

/** How many characters of what a server said are kept on an error. */
const rawLimit = 16_384;

/** What every error of the project can be given besides its message. */
export interface HawserErrorOptions {
  /** What led to the error: another error, or the reason an `AbortSignal` was given. */
  readonly cause?: unknown;
}

/** Whether a class in the value's chain of prototypes has the kind of this class. */
function isKindOf(value: unknown, wanted: typeof HawserError): boolean {
  if (typeof value !== "object" || value === null) return false;
  // A subclass without a kind of its own can only be told by identity.
  if (!Object.hasOwn(wanted, "kind")) return value instanceof wanted;
  if ((value as { [brand]?: unknown })[brand] !== true) return false;
  for (let link: unknown = Object.getPrototypeOf(value); link !== null; link = Object.getPrototypeOf(link)) {
    const { constructor: candidate } = link as { constructor: { kind?: unknown } };
    if (Object.hasOwn(candidate, "kind") && candidate.kind === wanted.kind) return true;
  }
  return false;
}

/**
 * The base of every error of the project.
 *
 * `HawserError.is(value)` and the `is` of every subclass recognise errors by their mark and their `kind`, not by
 * identity, so they also hold when two copies of a package are loaded. Whatever a subclass keeps of a request or an
 * answer stays out of `toString()`, `JSON.stringify` and `util.inspect`, which show name, message and plain codes only.
 */
export class HawserError extends Error {
  /** The name of the class, also after minification. A subclass gives its own. */
  static readonly kind: string = "HawserError";

  constructor(message: string, options: HawserErrorOptions = {}) {
    super(redact(message), "cause" in options ? { cause: options.cause } : undefined);
  }

  /** The `kind` of the class. */
  override get name(): string {
    return (this.constructor as typeof HawserError).kind;
  }

  get [brand](): true {
    return true;
  }

  /** Whether the value is an error of this class or of one derived from it, from any copy of the package. */
  static is<Class extends abstract new (...args: never) => HawserError>(
    this: Class,
    value: unknown,
  ): value is InstanceType<Class> {
    // biome-ignore lint/complexity/noThisInStatic: one method serves every subclass, so it must know which one was asked.
    return isKindOf(value, this as unknown as typeof HawserError);
  }

  /** Name and message, and the codes a subclass adds: never what was sent or received. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message };
  }
}

/**
 * Why a stream failed.
 *
 * - `server`: the server sent an error inside the stream, or an error body instead of one
 * - `invalid-data`: what came is not what a stream of this kind carries
 * - `too-large`: one event is over `maxEventBytes`, or nested too deeply
 * - `truncated`: the answer stopped before its end
 * - `connection`: the connection broke while the body was being read
 * - `quirk`: the server departed from the format and `strict` was asked for
 * - `misuse`: the stream was used in a way it can't be, for example read twice
 */
export type StreamFailure =
  | "server"
  | "invalid-data"
  | "too-large"
  | "truncated"
  | "connection"
  | "quirk"
  | "misuse";

/** What a `StreamError` can be given besides its message. */
export interface StreamErrorOptions extends HawserErrorOptions {
  readonly reason: StreamFailure;
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  readonly raw?: string | undefined;
}

/** A stream failed: the server said so in its midst, or what came can't be read. */
export class StreamError extends HawserError {
  static override readonly kind: string = "StreamError";

  /** Why it failed. */
  readonly reason: StreamFailure;
  /** The server's error code, numbers as text, when it gave one. */
  readonly code: string | undefined;
  /** The server's error type, when it gave one. */
  readonly type: string | undefined;
  readonly #raw: string | undefined;

  constructor(message: string, options: StreamErrorOptions) {
    super(message, options);
    this.reason = options.reason;
    this.code = options.code;
    this.type = options.type;
    this.#raw = options.raw === undefined ? undefined : redact(options.raw.slice(0, rawLimit));
  }

  /** What came, as text, at most 16,384 characters, keys blotted out. Not shown when the error is printed. */
  get raw(): string | undefined {
    return this.#raw;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), reason: this.reason, code: this.code, type: this.type };
  }
}

/** Which clock ran out: waiting for the response's headers, the first event, the next bytes, or the whole call. */
export type Clock = "response" | "firstEvent" | "idle" | "total";

const clockMessages: Readonly<Record<Clock, (timeout: number) => string>> = {
  response: (timeout) => `The server did not answer within ${timeout} ms`,
  firstEvent: (timeout) => `The stream brought no event within ${timeout} ms`,
  idle: (timeout) => `The stream was silent for ${timeout} ms`,
  total: (timeout) => `The call was not finished within ${timeout} ms`,
};

/** What a `TimeoutError` is made of. */
export interface TimeoutErrorOptions extends HawserErrorOptions {
  readonly clock: Clock;
  /** How long the clock was set to, in milliseconds. */
  readonly timeout: number;
}

/** A clock ran out. */
export class TimeoutError extends HawserError {
  static override readonly kind: string = "TimeoutError";

  /** Which clock it was. */
  readonly clock: Clock;
  /** How long it was set to, in milliseconds. */
  readonly timeout: number;

  constructor(options: TimeoutErrorOptions) {
    super(clockMessages[options.clock](options.timeout), options);
    this.clock = options.clock;
    this.timeout = options.timeout;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), clock: this.clock, timeout: this.timeout };
  }
}

/** The caller gave up: by a signal, by `abort()`, or by leaving the stream. `cause` is the signal's reason. */
export class AbortError extends HawserError {
  static override readonly kind: string = "AbortError";

  constructor(message = "The call was aborted", options: HawserErrorOptions = {}) {
    super(message, options);
  }
}

/**
 * The error of data that can't be read: says where it came, quotes its beginning (at most 200 characters) and keeps
 * the rest in `raw`.
 */
export function invalidData(what: string, raw: string, cause?: unknown): StreamError {
  return new StreamError(`${what}: ${quote(raw)}`, { reason: "invalid-data", raw, cause });
}
