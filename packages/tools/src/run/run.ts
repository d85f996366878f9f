import { AbortError, HawserError } from "@hawser/streaming";
import { toAbortError } from "../abort.ts";

/**
 * Tells of an event. Gives a promise when it has not been asked for yet: whoever makes many events waits for it, so that
 * no more is read than is wanted.
 */
export interface Emit<Event> {
  (event: Event): Promise<void> | undefined;
  /** Whether anybody listens: when not, events need not be made. It doesn't change while the work is done. */
  readonly isHeard: boolean;
}

/** What a run does. It has to end soon after the signal is aborted. */
export type Work<Event, Result> = (emit: Emit<Event>, signal: AbortSignal) => Promise<Result>;

/**
 * The work that `prepare` makes. When it throws, work that fails with that: a run tells whatever is wrong where it is
 * awaited or iterated, and nowhere else.
 */
export function toWork<Event, Result>(prepare: () => Work<Event, Result>): Work<Event, Result> {
  try {
    return prepare();
  } catch (error) {
    return () => Promise.reject(error);
  }
}

/** Somebody waiting for the next event. */
interface Waiter<Event> {
  readonly resolve: (result: IteratorResult<Event, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Something under way: iterate for what happens, await for what comes of it, or both. It begins when either is asked for.
 * An iteration gives the events from the beginning, once; it throws the error of a run that fails, and leaving it aborts
 * the run. A run that is only awaited keeps no events.
 */
export class Run<Event, Result> implements Promise<Result>, AsyncIterable<Event> {
  readonly #work: Work<Event, Result>;
  readonly #outer: AbortSignal | undefined;
  readonly #controller = new AbortController();
  #result: Promise<Result> | undefined;
  #isAwaited = false;
  #isIterated = false;
  #hasBegun = false;
  #isOver = false;
  #isLeft = false;
  #queue: Event[] = [];
  /** Those who wait for an event: more than one only when events are asked for without waiting for the one before. */
  #waiters: Waiter<Event>[] = [];
  /** What the work waits for while its events are not taken, and how to let it go on. */
  #gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;

  constructor(work: Work<Event, Result>, outer: AbortSignal | undefined) {
    this.#work = work;
    this.#outer = outer;
  }

  /** Ends the run: the model and the tools are told, and the run fails with an `AbortError`, whose `cause` is the reason. */
  abort(reason?: unknown): void {
    this.#controller.abort(
      AbortError.is(reason) ? reason : new AbortError("The run was aborted", { cause: reason }),
    );
    this.#openGate();
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting the run is what it is for.
  then<Fulfilled = Result, Rejected = never>(
    onFulfilled?: ((result: Result) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((error: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    this.#isAwaited = true;
    this.#openGate();
    return this.#start().then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((error: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Result | Rejected> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Result> {
    return this.then().finally(onFinally);
  }

  get [Symbol.toStringTag](): string {
    return "Run";
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Event, undefined, undefined> {
    if (this.#isIterated || this.#hasBegun) {
      throw new HawserError("The events of a run can be read once, from its beginning");
    }
    this.#isIterated = true;
    const iterator: AsyncIterableIterator<Event, undefined, undefined> = {
      next: () => this.#next(),
      return: async () => {
        this.#leave();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  #leave(): void {
    if (!this.#isOver) this.abort(new AbortError("The events of the run were left before its end"));
    this.#isLeft = true;
    this.#queue = [];
    for (const { resolve } of this.#waiters) resolve({ done: true, value: undefined });
    this.#waiters = [];
  }

  #start(): Promise<Result> {
    if (this.#result !== undefined) return this.#result;
    const { signal } = this.#controller;
    const outer = this.#outer;
    const onAbort = (): void => this.abort(outer?.reason);
    outer?.addEventListener("abort", onAbort);
    if (outer?.aborted) onAbort();
    // A turn later, so that whoever awaits and iterates in one breath misses nothing.
    this.#result = Promise.resolve()
      .then(() => {
        signal.throwIfAborted();
        this.#hasBegun = true;
        const emit = (event: Event): Promise<void> | undefined => this.#emit(event);
        return this.#work(Object.assign(emit, { isHeard: this.#isIterated }), signal);
      })
      .catch((error: unknown) => {
        throw signal.aborted ? toAbortError(signal) : error;
      })
      .finally(() => {
        outer?.removeEventListener("abort", onAbort);
        this.#isOver = true;
        for (const waiter of this.#waiters) this.#end(waiter);
      });
    // Who only iterates gets the error there.
    this.#result.catch(() => {});
    return this.#result;
  }

  #emit(event: Event): Promise<void> | undefined {
    if (!this.#isIterated || this.#controller.signal.aborted) return undefined;
    const waiter = this.#waiters.shift();
    if (waiter === undefined) this.#queue.push(event);
    else waiter.resolve({ done: false, value: event });
    if (this.#waiters.length > 0) return undefined;
    // Whoever awaits the run inside of its iteration would wait for ever.
    if (this.#isAwaited) return undefined;
    if (this.#gate === undefined) {
      let open: () => void = () => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      this.#gate = { opened, open };
    }
    return this.#gate.opened;
  }

  #openGate(): void {
    this.#gate?.open();
    this.#gate = undefined;
  }

  #next(): Promise<IteratorResult<Event, undefined>> {
    if (this.#isLeft) return Promise.resolve({ done: true, value: undefined });
    if (this.#queue.length > 0) return Promise.resolve({ done: false, value: this.#queue.shift()! });
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      if (this.#isOver) return this.#end(waiter);
      this.#waiters.push(waiter);
      this.#openGate();
      this.#start();
    });
  }

  #end({ resolve, reject }: Waiter<Event>): void {
    this.#result?.then(() => resolve({ done: true, value: undefined }), reject);
  }
}
