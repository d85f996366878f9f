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

/** An answer that was read. */
export interface ReadAnswer<Data, Body = Data> {
  readonly data: Data;
  /** The whole answer, with the envelope the data came in; the data itself where there is none. */
  readonly body: Body;
}

/** The data together with what came around it. */
export interface WithResponse<Data, Body = Data> extends ReadAnswer<Data, Body> {
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
 * @typeParam Body - the whole answer, where the data comes in an envelope.
 */
export class APIPromise<Data, Errors = unknown, Body = Data> implements Promise<Data> {
  readonly [Symbol.toStringTag]: string = "APIPromise";
  readonly #exchange: Promise<Exchange>;
  readonly #parse: (exchange: Exchange) => Promise<ReadAnswer<Data, Body>>;
  #parsed: Promise<ReadAnswer<Data, Body>> | undefined;
  #taken: Response | undefined;

  /** @param exchange - the answer to read, or another call whose answer is read in another way. */
  constructor(
    exchange: Promise<Exchange> | APIPromise<unknown, Errors, unknown>,
    parse: (exchange: Exchange) => Promise<ReadAnswer<Data, Body>>,
  ) {
    this.#exchange = exchange instanceof APIPromise ? exchange.#exchange : exchange;
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
  async withResponse(): Promise<WithResponse<Data, Body>> {
    const { response, requestId, rateLimit, attempts } = await this.#exchange;
    return { ...(await this.#answer()), response, requestId, rateLimit, attempts };
  }

  /**
   * The data or the error as a value, narrowed by `ok` and `status`.
   *
   * Only mistakes of the caller are thrown: InvalidRequestError, and what the caller's own middleware or functions throw.
   */
  async result(): Promise<Result<Data, Errors, Body>> {
    let response: Response | undefined;
    try {
      const exchange = await this.#exchange;
      response = exchange.response;
      const { requestId, rateLimit, attempts } = exchange;
      const answer = await this.#answer();
      return { ok: true, status: response.status, ...answer, response, requestId, rateLimit, attempts };
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
  ): APIPromise<Next, Errors, Body> {
    return new APIPromise<Next, Errors, Body>(this.#exchange, async (exchange) => {
      const { data, body } = await this.#answer();
      return { data: await change(data, exchange.response), body };
    });
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

  async #data(): Promise<Data> {
    return (await this.#answer()).data;
  }

  #answer(): Promise<ReadAnswer<Data, Body>> {
    this.#parsed ??= this.#exchange.then((exchange) => {
      if (this.#taken !== undefined) {
        throw new InvalidRequestError("The answer was already given away unread by asResponse().");
      }
      return this.#parse(exchange);
    });
    return this.#parsed;
  }
}
