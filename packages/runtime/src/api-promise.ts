import { APIError, HawserError, InvalidRequestError, InvalidResponseError } from "./errors.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { Failure, Result } from "./result.ts";

/** An answer whose headers have come and whose body nobody has read yet. */
export interface Exchange {
  readonly response: Response;
  readonly requestId: string | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly attempts: number;
  /** Gives the answer away unread. The clocks and the caller's signal stay on its body. */
  take(): Response;
}

/** The data together with what came around it. */
export interface WithResponse<Data> {
  readonly data: Data;
  readonly response: Response;
  readonly requestId: string | undefined;
  readonly rateLimit: RateLimit | undefined;
  /** Attempts made, the successful one included. */
  readonly attempts: number;
}

/** Whether an error is the program's own doing, and so nothing to be handled as a result. */
function isMistake(error: unknown): boolean {
  return InvalidRequestError.is(error) || !HawserError.is(error);
}

/**
 * The answer to come. The request is already on its way; the body is read when someone asks for it, and once.
 *
 * `await` gives the data or throws; `.result()` doesn't throw what the server or the network did; `.withResponse()` adds
 * status, headers, request id and rate limit; `.asResponse()` leaves the body unread.
 *
 * @typeParam Errors - error body types by status, as generated.
 */
export class APIPromise<Data, Errors = unknown> implements Promise<Data> {
  readonly [Symbol.toStringTag] = "APIPromise";
  readonly #exchange: Promise<Exchange>;
  readonly #parse: (exchange: Exchange) => Promise<Data>;
  #parsed: Promise<Data> | undefined;
  #taken: Response | undefined;

  constructor(exchange: Promise<Exchange>, parse: (exchange: Exchange) => Promise<Data>) {
    this.#exchange = exchange;
    this.#parse = parse;
  }

  /** The answer with its body unread. Errors of the server and of the network are thrown, as by `await`. */
  async asResponse(): Promise<Response> {
    const exchange = await this.#exchange;
    if (this.#taken !== undefined) return this.#taken;
    if (this.#parsed !== undefined) return exchange.response;
    this.#taken = exchange.take();
    return this.#taken;
  }

  /** The data, with the response it came in. The response's body is read. */
  async withResponse(): Promise<WithResponse<Data>> {
    const { response, requestId, rateLimit, attempts } = await this.#exchange;
    return { data: await this.#data(), response, requestId, rateLimit, attempts };
  }

  /**
   * The data or the error as a value, narrowed by `ok` and `status`.
   *
   * Only mistakes of the caller are thrown: InvalidRequestError, and what the caller's own middleware or functions throw.
   */
  async result(): Promise<Result<Data, Errors>> {
    let response: Response | undefined;
    try {
      const exchange = await this.#exchange;
      response = exchange.response;
      const { requestId, rateLimit, attempts } = exchange;
      const data = await this.#data();
      return { ok: true, status: response.status, data, response, requestId, rateLimit, attempts };
    } catch (error) {
      if (isMistake(error)) throw error;
      const status = APIError.is(error) ? error.status : undefined;
      if (APIError.is(error) || InvalidResponseError.is(error)) response = error.response;
      return { ok: false, status, error, response } as Failure<Errors>;
    }
  }

  /** A promise of something made from the data, which keeps `.result()` and its like. */
  transform<Next>(
    change: (data: Data, response: Response) => Next | Promise<Next>,
  ): APIPromise<Next, Errors> {
    return new APIPromise<Next, Errors>(this.#exchange, async (exchange) =>
      change(await this.#data(), exchange.response),
    );
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise
  then<Fulfilled = Data, Rejected = never>(
    onFulfilled?: ((data: Data) => Fulfilled | PromiseLike<Fulfilled>) | null,
    // biome-ignore lint/suspicious/noExplicitAny: what Promise declares; callers name the type they expect
    onRejected?: ((reason: any) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#data().then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    // biome-ignore lint/suspicious/noExplicitAny: what Promise declares; callers name the type they expect
    onRejected?: ((reason: any) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Data | Rejected> {
    return this.#data().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Data> {
    return this.#data().finally(onFinally);
  }

  #data(): Promise<Data> {
    this.#parsed ??= this.#exchange.then((exchange) => {
      if (this.#taken !== undefined) {
        throw new InvalidRequestError("The answer was already given away unread by asResponse().");
      }
      return this.#parse(exchange);
    });
    return this.#parsed;
  }
}
