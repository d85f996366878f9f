import { asyncDispose } from "./async-dispose.ts";
import { StreamError } from "./errors.ts";
import type { ItemReader } from "./item-reader.ts";
import { createPullIterator, type Pulled } from "./pull-iterator.ts";
import type { StreamEnd } from "./stream-options.ts";

function nothing(): void {}

/** What every stream of items can do: be read once, be left, be aborted, and tell how it ended. */
export abstract class StreamBase<Item> implements AsyncIterable<Item>, AsyncDisposable {
  /** The response the stream is read from, when it is read from one. */
  readonly response: Response | undefined;
  /** How the stream ended. Settles once when it is over or left, and never rejects. */
  readonly end: Promise<StreamEnd>;

  readonly #reader: ItemReader<Item>;
  #isBeingRead = false;
  /** Items that were read ahead of an iteration under way. */
  #ahead: Item[] = [];
  #aheadTaken = 0;
  /** A read ahead that is under way; never rejects. */
  #turn: Promise<void> | undefined;

  /** Cancels the request unless the stream is over: what `await using` calls. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  protected constructor(response: Response | undefined, reader: ItemReader<Item>) {
    // A member of the class under a name that is computed would keep the class in bundles that don't use it.
    Object.defineProperty(this, asyncDispose, { value: this.#dispose });
    this.response = response;
    this.#reader = reader;
    this.end = this.#reader.end;
  }

  /** Gives the stream up: the request is cancelled, and whoever reads the stream gets an `AbortError`. */
  abort(reason?: unknown): void {
    this.#reader.abort(reason);
  }

  /**
   * The items, once: a second iteration throws a `StreamError` (`misuse`). Leaving the loop cancels the request. Throws
   * the error of an end that is `aborted`, `timeout` or `error`; after a `truncated` one the loop just ends.
   */
  [Symbol.asyncIterator](): AsyncGenerator<Item, undefined, undefined> {
    if (this.#isBeingRead) {
      throw new StreamError("A stream can be read only once, and this one is being read or has been", {
        reason: "misuse",
      });
    }
    this.#isBeingRead = true;
    return createPullIterator(this.#pull, () =>
      this.#reader.abort(undefined, "The stream was left before its end"),
    );
  }

  readonly #dispose = (): Promise<void> => {
    this.#reader.abort(undefined, "The stream was disposed of before its end");
    return Promise.resolve();
  };

  readonly #pull = (): Pulled<Item> => {
    // `shift()` would move all the items behind it, each time.
    if (this.#aheadTaken < this.#ahead.length) {
      return { done: false, value: this.#ahead[this.#aheadTaken++]! };
    }
    if (this.#turn !== undefined) return this.#turn.then(this.#pull);
    if (this.#aheadTaken > 0) {
      this.#ahead = [];
      this.#aheadTaken = 0;
    }
    return this.#reader.pull();
  };

  /**
   * Reads to the end, whatever it is. An iteration that is under way finds the items that were read here when it goes
   * on, so that whoever waits for the end inside of the loop does not wait for ever.
   */
  protected async readToEnd(): Promise<StreamEnd> {
    const isIterated = this.#isBeingRead;
    this.#isBeingRead = true;
    const isLast = (result: IteratorResult<Item, undefined>): boolean => {
      if (!result.done && isIterated) this.#ahead.push(result.value);
      return result.done === true;
    };
    try {
      for (let isOver = false; !isOver; ) {
        const result = this.#reader.pull();
        if (!(result instanceof Promise)) isOver = isLast(result);
        else if (!isIterated) isOver = isLast(await result);
        else {
          const turn = result.then(isLast);
          this.#turn = turn.then(nothing, nothing);
          isOver = await turn;
        }
      }
    } catch {
      // The end says it.
    }
    this.#turn = undefined;
    return this.end;
  }
}
