import { AbortError } from "@hawser/streaming";
import { describe, expect, it } from "vitest";
import { rejection, watchListeners } from "../../test/support.ts";
import { Run, type Work } from "./run.ts";

/** Counts to so many, one event each. */
function counting(to: number, seen: number[] = []): Work<number, string> {
  return async (emit, signal) => {
    for (let at = 1; at <= to; at += 1) {
      signal.throwIfAborted();
      seen.push(at);
      await emit(at);
    }
    return "done";
  };
}

async function collect<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
}

it("begins only when somebody asks", async () => {
  const seen: number[] = [];
  const run = new Run(counting(1, seen), undefined);
  await new Promise((resolve) => setTimeout(resolve));
  expect(seen).toEqual([]);
  expect(await run).toBe("done");
  expect(seen).toEqual([1]);
});

it("can be iterated, and awaited after", async () => {
  const run = new Run(counting(3), undefined);
  expect(await collect(run)).toEqual([1, 2, 3]);
  expect(await run).toBe("done");
});

it("can be awaited inside of its iteration", async () => {
  const run = new Run(counting(3), undefined);
  const events: number[] = [];
  for await (const event of run) {
    events.push(event);
    if (event === 1) expect(await run).toBe("done");
  }
  expect(events).toEqual([1, 2, 3]);
});

it("misses no event when it is awaited and iterated in one breath", async () => {
  const run = new Run(counting(3), undefined);
  const result = run.then((text) => text);
  expect(await collect(run)).toEqual([1, 2, 3]);
  expect(await result).toBe("done");
});

it("makes no more events than are asked for", async () => {
  const seen: number[] = [];
  const iterator = new Run(counting(9, seen), undefined)[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.next();
  await new Promise((resolve) => setTimeout(resolve));
  expect(seen).toEqual([1, 2]);
  await iterator.return?.();
});

it("gives events in their order to those who ask for several at once", async () => {
  const iterator = new Run(counting(2), undefined)[Symbol.asyncIterator]();
  const results = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
  expect(results.map(({ value }) => value)).toEqual([1, 2, undefined, undefined]);
});

it("gives events that several make at once, and lets the one that waits go on", async () => {
  const run = new Run<string, void>(async (emit) => {
    await Promise.all(
      ["a", "b"].map(async (name) => {
        emit(`${name}1`);
        await emit(`${name}2`);
      }),
    );
  }, undefined);
  expect((await collect(run)).sort()).toEqual(["a1", "a2", "b1", "b2"]);
});

describe("a run that fails", () => {
  const failing: Work<number, string> = async (emit) => {
    await emit(1);
    throw new Error("no");
  };

  it("throws in the iteration and when it is awaited", async () => {
    const run = new Run(failing, undefined);
    expect(await rejection(collect(run))).toMatchObject({ message: "no" });
    expect(await rejection(run)).toMatchObject({ message: "no" });
    expect(await run.catch((error) => (error as Error).message)).toBe("no");
  });

  it("is no unhandled rejection when it is only iterated", async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on("unhandledRejection", note);
    await rejection(collect(new Run(failing, undefined)));
    await new Promise((resolve) => setTimeout(resolve));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
});

describe("an abort", () => {
  const waiting: Work<number, string> = async (emit, signal) => {
    emit(1);
    await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    return "never";
  };

  it("ends the run with an AbortError that has the reason", async () => {
    const run = new Run(waiting, undefined);
    const result = rejection(run);
    await new Promise((resolve) => setTimeout(resolve));
    run.abort("enough");
    expect(await result).toMatchObject({ name: "AbortError", cause: "enough" });
  });

  it("comes from the signal too, which keeps no listener", async () => {
    const controller = new AbortController();
    const listeners = watchListeners(controller.signal);
    const result = rejection(new Run(waiting, controller.signal));
    await Promise.resolve();
    expect(listeners.size).toBe(1);
    controller.abort(new Error("no more"));
    const error = await result;
    expect(AbortError.is(error)).toBe(true);
    expect((error as AbortError).cause).toMatchObject({ message: "no more" });
    expect(listeners.size).toBe(0);
  });

  it("ends a run that has not begun", async () => {
    const run = new Run(counting(3), AbortSignal.abort());
    expect(await rejection(run)).toMatchObject({ name: "AbortError" });
  });

  it("comes of leaving the loop", async () => {
    const run = new Run(waiting, undefined);
    for await (const _ of run) break;
    expect(await rejection(run)).toMatchObject({
      name: "AbortError",
      message: expect.stringContaining("left"),
    });
  });
});

it("can be iterated once, and not when it is over", async () => {
  const run = new Run(counting(1), undefined);
  await collect(run);
  expect(() => run[Symbol.asyncIterator]()).toThrow(/once/);
  const awaited = new Run(counting(1), undefined);
  await awaited;
  expect(() => awaited[Symbol.asyncIterator]()).toThrow(/from its beginning/);
});
