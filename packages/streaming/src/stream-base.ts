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
  /** The read that is under way; never rejects. */
  #turn: Promise<void> | undefined;

  protected constructor(response: Response | undefined, reader: ItemReader<Item>) {
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
    return createPullIterator(
      () => this.#pull(),
      () => this.#reader.abort(undefined, "The stream was left before its end"),
    );
  }

  /** Cancels the request unless the stream is over: what `await using` calls. */
  [asyncDispose](): Promise<void> {
    this.#reader.abort(undefined, "The stream was disposed of before its end");
    return Promise.resolve();
  }

  #pull(): Pulled<Item> {
    return this.#inTurn(() => {
      // `shift()` would move all the items behind it, each time.
      if (this.#aheadTaken < this.#ahead.length) {
        return { done: false, value: this.#ahead[this.#aheadTaken++]! };
      }
      this.#ahead = [];
      this.#aheadTaken = 0;
      return this.#reader.pull();
    });
  }

  /** Runs the action when no read is under way: two at once would tear the frames apart. */
  #inTurn<Result>(action: () => Result | Promise<Result>): Result | Promise<Result> {
    if (this.#turn !== undefined) return this.#turn.then(() => this.#inTurn(action));
    const result = action();
    if (result instanceof Promise) {
      const turn = result.then(nothing, nothing);
      this.#turn = turn;
      turn.then(() => {
        this.#turn = undefined;
      });
    }
    return result;
  }

  /**
   * Reads to the end, whatever it is. An iteration that is under way finds the items that were read here when it goes
   * on, so that whoever waits for the end inside of the loop does not wait for ever.
   */
  protected async readToEnd(): Promise<StreamEnd> {
    const isIterated = this.#isBeingRead;
    this.#isBeingRead = true;
    const note = (result: IteratorResult<Item, undefined>): boolean => {
      if (!result.done && isIterated) this.#ahead.push(result.value);
      return !result.done;
    };
    const step = (): boolean | Promise<boolean> => {
      const result = this.#reader.pull();
      return result instanceof Promise ? result.then(note) : note(result);
    };
    try {
      while (await this.#inTurn(step));
    } catch {
      // The end says it.
    }
    return this.end;
  }
}
