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
  let last: Promise<IteratorResult<Item, undefined>> | undefined;

  function step(): Pulled<Item> {
    if (over) return done;
    try {
      const result = pull();
      if (result instanceof Promise) return result.then(settle, fail);
      return settle(result);
    } catch (error) {
      return fail(error);
    }
  }

  function settle(result: IteratorResult<Item, undefined>): IteratorResult<Item, undefined> {
    if (over) return done;
    if (result.done) over = true;
    return result;
  }

  function fail(error: unknown): typeof done {
    // Whoever left does not want to hear what became of the read that was under way.
    if (over) return done;
    over = true;
    throw error;
  }

  function queue(result: Promise<IteratorResult<Item, undefined>>): Promise<IteratorResult<Item, undefined>> {
    last = result;
    const clear = (): void => {
      if (last === result) last = undefined;
    };
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
      if (last !== undefined) return queue(last.then(step, step));
      try {
        const result = step();
        return result instanceof Promise ? queue(result) : Promise.resolve(result);
      } catch (error) {
        return Promise.reject(error);
      }
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
