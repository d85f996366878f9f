import type { Pulled } from "./pull-iterator.ts";

/**
 * A pull of what is there at once (`take`), or else has to be waited for. Only one waits at a time: who pulls meanwhile
 * pulls again when that is over.
 */
export function createWaitingPull<Item>(
  take: () => IteratorResult<Item, undefined> | undefined,
  wait: () => Promise<IteratorResult<Item, undefined>>,
): () => Pulled<Item> {
  let waiting: Promise<IteratorResult<Item, undefined>> | undefined;
  const clear = (): void => {
    waiting = undefined;
  };

  function pull(): Pulled<Item> {
    if (waiting !== undefined) return waiting.then(pull, pull);
    const result = take();
    if (result !== undefined) return result;
    waiting = wait();
    waiting.then(clear, clear);
    return waiting;
  }

  return pull;
}
