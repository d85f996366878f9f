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
 * The statuses errors come with, by the name OpenAPI has for their hundred: the registered ones, and those that proxies
 * and vendors are known to use.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 */
// biome-ignore format: one line per hundred reads as a table
interface StatusRanges {
  "2XX": 200 | 201 | 202 | 203 | 204 | 206 | 207;
  "3XX": 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308;
  "4XX":
    | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418
    | 419 | 420 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 440 | 444 | 449 | 451 | 455 | 460 | 463 | 494
    | 495 | 496 | 497 | 498 | 499;
  "5XX":
    | 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 509 | 510 | 511 | 520 | 521 | 522 | 523 | 524 | 525 | 526
    | 527 | 529 | 530 | 540 | 561 | 598 | 599;
}

/**
 * The statuses errors come with. A union of literals instead of `number`, because only literals narrow a result to one
 * error body.
 */
export type HttpStatus = StatusRanges[keyof StatusRanges];

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

/**
 * The server answered with an error of this status. `error.body` has the type the document gives it, which is a promise
 * of the server's: what stands before it, such as a proxy, may have answered with a page. `error.message`, `error.code`
 * and `error.rawBody` are read from whatever came.
 */
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

/** Each status by itself. */
type Statuses = { [Status in HttpStatus]: Status };

/**
 * Those of some statuses that the document doesn't list: the others turn to `never`, which a union drops. `Exclude` would
 * ask of each status whether it is listed, anew for each operation a program calls, and so cost six times as much.
 */
type Unlisted<Errors, Status extends HttpStatus> = (Statuses & Record<keyof Errors, never>)[Status];

/** Body type of the statuses that neither by themselves nor by a range stand in the document. */
type DefaultBody<Errors> = "default" extends keyof Errors
  ? NonNullable<Errors["default" & keyof Errors]>
  : unknown;

/**
 * The statuses the document doesn't list: one member for all of them, or one per hundred where it has a range such as
 * `4XX`. What most documents have is asked for first, as each question counts once per operation called.
 */
type UnlistedAnswer<Errors> = keyof Errors extends number
  ? ErrorAnswer<Unlisted<Errors, HttpStatus>, unknown>
  : keyof Errors extends number | "default"
    ? ErrorAnswer<Unlisted<Errors, HttpStatus>, NonNullable<Errors["default" & keyof Errors]>>
    : {
        [Range in keyof StatusRanges]: ErrorAnswer<
          Unlisted<Errors, StatusRanges[Range]>,
          Range extends keyof Errors ? Errors[Range] : DefaultBody<Errors>
        >;
      }[keyof StatusRanges];

/** One member per status the document lists, and those for all others. */
export type Failure<Errors> =
  | { [Status in keyof Errors & number]: ErrorAnswer<Status, Errors[Status]> }[keyof Errors & number]
  | UnlistedAnswer<Errors>
  | NoAnswer;

/**
 * What `.result()` gives: check `ok`, then `status`, and `data` or `error.body` has its type.
 *
 * @typeParam Errors - error body types by status, as generated: `{ 401: ErrorResponse; default: ErrorResponse }`.
 */
export type Result<Data, Errors = unknown, Body = Data> = Success<Data, Body> | Failure<Errors>;
