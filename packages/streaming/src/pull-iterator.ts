import { asyncDispose } from "./async-dispose.ts";

/** What a pull gives: an item at once, or a promise of one when bytes must be read first. */
export type Pulled<Item> = IteratorResult<Item, undefined> | Promise<IteratorResult<Item, undefined>>;

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * An async generator over a function that gives the next item.
 *
 * Unlike a generator function it gives items that are already there without further turns of the event loop, and
 * `return()` takes effect while a read is under way instead of waiting for it. Calls of `next()` that are made ahead
 * are answered one after the other.
 *
 * @param leave Is called when the consumer leaves before the end.
 */
export function createPullIterator<Item>(
  pull: () => Pulled<Item>,
  leave: () => void,
): AsyncGenerator<Item, undefined, undefined> {
  let over = false;
  /** The last answer that is still to come. */
  let last: Promise<IteratorResult<Item, undefined>> | undefined;

  function settle(result: IteratorResult<Item, undefined>): IteratorResult<Item, undefined> {
    if (over) return done;
    if (result.done) over = true;
    return result;
  }

  function fail(error: unknown): Pulled<never> {
    // Whoever left does not want to hear what became of the read that was under way.
    if (over) return done;
    over = true;
    return Promise.reject(error);
  }

  function step(): Pulled<Item> {
    if (over) return done;
    try {
      const result = pull();
      return result instanceof Promise ? result.then(settle, fail) : settle(result);
    } catch (error) {
      return fail(error);
    }
  }

  /** Remembers an answer that is to come, until it has. */
  function queue(result: Promise<IteratorResult<Item, undefined>>): Promise<IteratorResult<Item, undefined>> {
    const clear = (): void => {
      if (last === result) last = undefined;
    };
    last = result;
    result.then(clear, clear);
    return result;
  }

  function stop(): void {
    if (over) return;
    over = true;
    leave();
  }

  return {
    next() {
      const result = last === undefined ? step() : last.then(step, step);
      return result instanceof Promise ? queue(result) : Promise.resolve(result);
    },
    return() {
      stop();
      return Promise.resolve(done);
    },
    throw(error) {
      stop();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [asyncDispose]() {
      stop();
      return Promise.resolve();
    },
  };
}
