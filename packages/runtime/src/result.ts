import type { DryRunError } from "./dry-run.ts";
import type {
  AbortError,
  APIError,
  ConnectionError,
  InvalidResponseError,
  RedirectError,
  StreamError,
  TimeoutError,
} from "./errors.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { UnknownOutcomeError } from "./unknown-outcome-error.ts";

/**
 * The statuses errors come with: the registered ones, and those that proxies and vendors are known to use. A union of
 * literals instead of `number`, because only literals narrow a result to one error body.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 */
// biome-ignore format: one line per hundred reads as a table
export type HttpStatus =
  | 200 | 201 | 202 | 203 | 204 | 206 | 207
  | 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308
  | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418
  | 419 | 420 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 440 | 444 | 449 | 451 | 455 | 460 | 463 | 494
  | 495 | 496 | 497 | 498 | 499
  | 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 509 | 510 | 511 | 520 | 521 | 522 | 523 | 524 | 525 | 526
  | 527 | 529 | 530 | 540 | 561 | 598 | 599;

/** The call did what it was asked. */
export interface Success<Data, Body = Data> {
  readonly ok: true;
  readonly status: number;
  readonly data: Data;
  /** The whole answer, with the envelope the data came in; the data itself where there is none. */
  readonly body: Body;
  readonly error?: undefined;
  readonly response: Response;
  readonly requestId: string | undefined;
  readonly rateLimit: RateLimit | undefined;
  /** Attempts made, the successful one included. */
  readonly attempts: number;
}

/** The server answered with an error of this status. */
export interface ErrorAnswer<Status, Body> {
  readonly ok: false;
  readonly status: Status;
  readonly data?: undefined;
  readonly error: APIError<Body>;
  readonly response: Response;
}

/** There is no answer, or none that can be read. */
export interface NoAnswer {
  readonly ok: false;
  readonly status: undefined;
  readonly data?: undefined;
  readonly error:
    | ConnectionError
    | TimeoutError
    | UnknownOutcomeError
    | DryRunError
    | AbortError
    | StreamError
    | RedirectError
    | InvalidResponseError;
  readonly response: Response | undefined;
}

/** Body type of the statuses a document doesn't list: that of its `default`, if it has one. */
type UndeclaredBody<Errors> = "default" extends keyof Errors
  ? NonNullable<Errors["default" & keyof Errors]>
  : unknown;

/** One member per status the document lists, and one for all others. */
export type Failure<Errors> =
  | { [Status in keyof Errors & number]: ErrorAnswer<Status, Errors[Status]> }[keyof Errors & number]
  | ErrorAnswer<Exclude<HttpStatus, keyof Errors>, UndeclaredBody<Errors>>
  | NoAnswer;

/**
 * What `.result()` gives: check `ok`, then `status`, and `data` or `error.body` has its type.
 *
 * @typeParam Errors - error body types by status, as generated: `{ 401: ErrorResponse; default: ErrorResponse }`.
 */
export type Result<Data, Errors = unknown, Body = Data> = Success<Data, Body> | Failure<Errors>;
