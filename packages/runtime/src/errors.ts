import { HawserError } from "@hawser/streaming";
import type { RateLimit } from "./rate-limit.ts";
import type { ValidationIssue } from "./validation.ts";

/** How many characters of an answer an error keeps. */
export const rawBodyLimit = 16_384;

export { AbortError, HawserError, StreamError, TimeoutError } from "@hawser/streaming";

/** The call itself was wrong: a missing key, a bad path parameter, an option that can't be. Nothing was sent. */
export class InvalidRequestError extends HawserError {
  static override readonly kind: string = "InvalidRequestError";
  /** What schemas found wrong with the request, for clients that check it (option `validate`). */
  declare readonly issues?: readonly ValidationIssue[];
}

/** What a connection that failed is known by. */
export interface ConnectionErrorInit {
  /** What the runtime's `fetch` threw. */
  cause?: unknown;
  /** The system's or the runtime's code, e.g. `ECONNRESET`. */
  code?: string | undefined;
  /** True when the request certainly never reached the server. */
  neverSent?: boolean;
  /** Attempts made, this one included. */
  attempts?: number;
}

/** No answer came, or it broke off: refused, reset, a name that doesn't resolve, a certificate that doesn't fit. */
export class ConnectionError extends HawserError {
  static override readonly kind: string = "ConnectionError";
  /** The system's or the runtime's code, e.g. `ECONNRESET`. */
  readonly code: string | undefined;
  /** True when the request certainly never reached the server, so that sending it again can't do anything twice. */
  readonly neverSent: boolean;
  /** Attempts made, this one included. */
  readonly attempts: number;

  constructor(message: string, init: ConnectionErrorInit = {}) {
    super(message, init);
    this.code = init.code;
    this.neverSent = init.neverSent ?? false;
    this.attempts = init.attempts ?? 1;
  }

  override toJSON(): Record<string, unknown> {
    const { code, neverSent, attempts } = this;
    return { ...super.toJSON(), code, neverSent, attempts };
  }
}

/** What a successful answer that can't be read is known by. */
export interface InvalidResponseErrorInit {
  response: Response;
  /** The beginning of what came instead. */
  rawBody: string;
  requestId?: string | undefined;
  cause?: unknown;
}

/**
 * The server said it succeeded, but the answer can't be read: HTML where JSON was promised, JSON that breaks off. Or it
 * isn't what is described, for clients that check it (option `validate`).
 */
export class InvalidResponseError extends HawserError {
  static override readonly kind: string = "InvalidResponseError";
  /** What schemas found wrong with the answer, for clients that check it. */
  declare readonly issues?: readonly ValidationIssue[];
  /** The answer, or the item of a stream, in which `issues` were found. Not shown when the error is printed. */
  declare readonly body?: unknown;
  readonly status: number;
  /** The id to name when asking the vendor's support. */
  readonly requestId: string | undefined;
  readonly #response: Response;
  readonly #rawBody: string;

  constructor(message: string, init: InvalidResponseErrorInit) {
    super(message, init);
    this.status = init.response.status;
    this.requestId = init.requestId;
    this.#response = init.response;
    this.#rawBody = init.rawBody.slice(0, rawBodyLimit);
  }

  /** The answer; its body is read. */
  get response(): Response {
    return this.#response;
  }

  get headers(): Headers {
    return this.#response.headers;
  }

  /** What came, capped at 16 384 characters. Not shown when the error is printed. */
  get rawBody(): string {
    return this.#rawBody;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, requestId: this.requestId };
  }
}

/** The server pointed elsewhere and following would be wrong: the key would leave its origin, or there is no end to it. */
export class RedirectError extends HawserError {
  static override readonly kind: string = "RedirectError";
  /** Undefined where the runtime hides it (browsers). */
  readonly status: number | undefined;
  readonly #location: string | undefined;

  constructor(message: string, init: { status?: number | undefined; location?: string | undefined } = {}) {
    super(message);
    this.status = init.status;
    this.#location = init.location;
  }

  /**
   * Where the server pointed, as an absolute URL. Undefined where the runtime hides it (browsers). Not shown when the
   * error is printed: such addresses are often signed.
   */
  get location(): string | undefined {
    return this.#location;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status };
  }
}

/** Everything known about an answer that is an error. */
export interface APIErrorInit<Body = unknown> {
  response: Response;
  /** Default: that of the response. Another one where the body tells the true status. */
  status?: number;
  code?: string | undefined;
  type?: string | undefined;
  param?: string | undefined;
  details?: unknown;
  requestId?: string | undefined;
  rateLimit?: RateLimit | undefined;
  retryAfter?: number | undefined;
  attempts?: number;
  body?: Body;
  rawBody?: string;
}

/**
 * The server answered with an error. One class per status that callers tell apart; the others are plain `APIError`s.
 *
 * @typeParam Body - the type the document gives to the error body of this status.
 */
export class APIError<Body = unknown> extends HawserError {
  static override readonly kind: string = "APIError";
  /**
   * The HTTP status, or the one the body tells where the service puts it there. Can be in 200-299 when the server
   * answered an error with a status of success.
   */
  readonly status: number;
  /** The server's own code, e.g. `insufficient_credits`; a number is turned into text. */
  readonly code: string | undefined;
  /** The server's kind of error, e.g. `invalid_request_error`. */
  readonly type: string | undefined;
  /** The parameter the server complains about. */
  readonly param: string | undefined;
  /** The id to name when asking the vendor's support. */
  readonly requestId: string | undefined;
  readonly rateLimit: RateLimit | undefined;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** Attempts made, this one included. */
  readonly attempts: number;
  readonly #response: Response;
  readonly #details: unknown;
  readonly #body: Body;
  readonly #rawBody: string;

  constructor(message: string, init: APIErrorInit<Body>) {
    super(message);
    this.status = init.status ?? init.response.status;
    this.code = init.code;
    this.type = init.type;
    this.param = init.param;
    this.requestId = init.requestId;
    this.rateLimit = init.rateLimit;
    this.retryAfter = init.retryAfter;
    this.attempts = init.attempts ?? 1;
    this.#response = init.response;
    this.#details = init.details;
    this.#body = init.body as Body;
    this.#rawBody = (init.rawBody ?? "").slice(0, rawBodyLimit);
  }

  /** The answer; its body is read. */
  get response(): Response {
    return this.#response;
  }

  get headers(): Headers {
    return this.#response.headers;
  }

  /** Whatever else the server said in a structured way, e.g. a list of fields that didn't validate. */
  get details(): unknown {
    return this.#details;
  }

  /** The parsed body; text when it isn't JSON; undefined when it is empty. Not shown when the error is printed. */
  get body(): Body {
    return this.#body;
  }

  /** The body as text, capped at 16 384 characters. Not shown when the error is printed. */
  get rawBody(): string {
    return this.#rawBody;
  }

  override toJSON(): Record<string, unknown> {
    const { status, code, type, param, requestId, rateLimit, retryAfter, attempts } = this;
    return { ...super.toJSON(), status, code, type, param, requestId, rateLimit, retryAfter, attempts };
  }
}

/** 400: the server couldn't make sense of the request. */
export class BadRequestError<Body = unknown> extends APIError<Body> {
  static override readonly kind: string = "BadRequestError";
}

/** 401: the key is missing, wrong or expired. */
export class AuthenticationError<Body = unknown> extends APIError<Body> {
  static override readonly kind: string = "AuthenticationError";
}

/** 402: the account's balance doesn't cover the request. */
export class PaymentRequiredError<Body = unknown> extends APIError<Body> {
  static override readonly kind: string = "PaymentRequiredError";
}

/** 403: the key is known and may not do this. */
export class PermissionDeniedError<Body = unknown> extends APIError<Body> {
  static override readonly kind: string = "PermissionDeniedError";
}

/** 404: there is no such thing, or not for this key. */
export class NotFoundError<Body = unknown> extends APIError<Body> {
  static override readonly kind: string = "NotFoundError";
}

/** 409: the request doesn't fit the state of what it is about. */
export class ConflictError<Body = unknown> extends APIError<Body> {
  static override readonly kind: string = "ConflictError";
}

/** 422: the request was understood and its values are not acceptable. */
export class UnprocessableEntityError<Body = unknown> extends APIError<Body> {
  static override readonly kind: string = "UnprocessableEntityError";
}

/** 429: too many requests; `retryAfter` and `rateLimit` say what the server said about it. */
export class RateLimitError<Body = unknown> extends APIError<Body> {
  static override readonly kind: string = "RateLimitError";
}

/** 500 and above: the server failed. */
export class InternalServerError<Body = unknown> extends APIError<Body> {
  static override readonly kind: string = "InternalServerError";
}

const errorClasses: Readonly<Record<number, typeof APIError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  402: PaymentRequiredError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

/** Makes the error of the class that belongs to its status. */
export function createAPIError(message: string, init: APIErrorInit): APIError {
  const status = init.status ?? init.response.status;
  const ErrorClass = errorClasses[status] ?? (status >= 500 ? InternalServerError : APIError);
  return new ErrorClass(message, init);
}
