import type { ItemReader } from "../item-reader.ts";
import { toAbortError, toEnd } from "../stream-end.ts";
import type { StreamEnd } from "../stream-options.ts";
import { createWaitingPull } from "../waiting-pull.ts";

/** How a stream is read twice. */
export interface TeeOptions {
  /** How many chunks one of the two may be ahead of the other before it waits. Default 1000. */
  readonly maxAhead?: number | undefined;
}

/** An item that was read, and the one after it. Items that both readers have passed are held by nobody. */
interface Link<Item> {
  readonly item: Item | undefined;
  next: Link<Item> | undefined;
}

interface Branch<Item> {
  /** The link that was taken last. */
  at: Link<Item>;
  taken: number;
  ended: StreamEnd | undefined;
  /** Lets a waiting read look again. */
  wake: () => void;
}

function nothing(): void {}

/**
 * Two readers of one source. Each item is read once, when the first of them asks for it; a reader that is `maxAhead`
 * items ahead waits for the other one. One that is left does not count any more; when both are, the source is left.
 */
export function teeItems<Item>(
  items: AsyncGenerator<Item, undefined, undefined>,
  end: Promise<StreamEnd>,
  maxAhead: number,
): [ItemReader<Item>, ItemReader<Item>] {
  let tail: Link<Item> = { item: undefined, next: undefined };
  const first: Branch<Item> = { at: tail, taken: 0, ended: undefined, wake: nothing };
  const second: Branch<Item> = { at: tail, taken: 0, ended: undefined, wake: nothing };
  let over: StreamEnd | undefined;
  let isReading = false;

  function wakeBoth(): void {
    first.wake();
    second.wake();
  }

  async function readOne(): Promise<void> {
    try {
      const result = await items.next();
      if (!result.done) {
        tail.next = { item: result.value, next: undefined };
        tail = tail.next;
        return;
      }
    } catch {
      // The end says it.
    }
    over = await end;
  }

  function startReading(): void {
    if (isReading) return;
    isReading = true;
    readOne().then(() => {
      isReading = false;
      wakeBoth();
    });
  }

  function createReader(branch: Branch<Item>, other: Branch<Item>): ItemReader<Item> {
    let resolveEnd: (end: StreamEnd) => void;
    const ownEnd = new Promise<StreamEnd>((resolve) => {
      resolveEnd = resolve;
    });

    function close(how: StreamEnd): void {
      if (branch.ended !== undefined) return;
      branch.ended = how;
      // All that comes hangs on the link that was taken last.
      branch.at = { item: undefined, next: undefined };
      resolveEnd(how);
      wakeBoth();
    }

    /** What there is without waiting. */
    function take(): IteratorResult<Item, undefined> | undefined {
      const { next } = branch.at;
      if (branch.ended === undefined && next !== undefined) {
        branch.at = next;
        branch.taken += 1;
        other.wake();
        return { done: false, value: next.item as Item };
      }
      if (branch.ended === undefined && over !== undefined) close(over);
      if (branch.ended === undefined) return undefined;
      if ("error" in branch.ended) throw branch.ended.error;
      return { done: true, value: undefined };
    }

    async function wait(): Promise<IteratorResult<Item, undefined>> {
      for (;;) {
        const mustWait = other.ended === undefined && branch.taken - other.taken >= maxAhead;
        if (!mustWait) startReading();
        await new Promise<void>((resolve) => {
          branch.wake = resolve;
        });
        const result = take();
        if (result !== undefined) return result;
      }
    }

    return {
      // Of two that wait at once, only one would be woken.
      pull: createWaitingPull(take, wait),
      abort(reason, message) {
        if (branch.ended !== undefined) return;
        close(toEnd(toAbortError(reason, message)));
        if (other.ended !== undefined) void items.return(undefined);
      },
      end: ownEnd,
    };
  }

  return [createReader(first, second), createReader(second, first)];
}
