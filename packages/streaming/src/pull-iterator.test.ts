import { expect, it, vi } from "vitest";
import { collect, rejection } from "../test/support.ts";
import { asyncDispose } from "./async-dispose.ts";
import { createPullIterator, type Pulled } from "./pull-iterator.ts";

function counter(limit: number, isAsync: (i: number) => boolean): () => Pulled<number> {
  let count = 0;
  return () => {
    count += 1;
    const result: IteratorResult<number, undefined> =
      count > limit ? { done: true, value: undefined } : { done: false, value: count };
    return isAsync(count) ? Promise.resolve(result) : result;
  };
}

it.each([
  ["at once", () => false],
  ["later", () => true],
  ["now and then", (i: number) => i % 2 === 0],
])("gives items that are there %s", async (_name, isAsync) => {
  const leave = vi.fn();
  expect(await collect(createPullIterator(counter(4, isAsync), leave))).toEqual([1, 2, 3, 4]);
  expect(leave).not.toHaveBeenCalled();
});

it("answers calls that are made ahead one after the other", async () => {
  const items = createPullIterator(
    counter(3, (i) => i === 1),
    () => {},
  );
  const results = await Promise.all([items.next(), items.next(), items.next(), items.next(), items.next()]);
  expect(results.map((result) => result.value)).toEqual([1, 2, 3, undefined, undefined]);
});

it("is over after an error", async () => {
  const items = createPullIterator(
    () => {
      throw new Error("broken");
    },
    () => {},
  );
  expect(await rejection(items.next())).toMatchObject({ message: "broken" });
  expect(await items.next()).toEqual({ done: true, value: undefined });
});

it.each(["return", "throw", "dispose"] as const)(
  "tells the source once when the consumer leaves by %s",
  async (way) => {
    const leave = vi.fn();
    const items = createPullIterator(
      counter(9, () => false),
      leave,
    );
    await items.next();
    if (way === "return") await items.return(undefined);
    else if (way === "throw")
      expect(await rejection(items.throw(new Error("out")))).toMatchObject({ message: "out" });
    else await items[asyncDispose]();
    await items.return(undefined);
    expect(leave).toHaveBeenCalledOnce();
    expect(await items.next()).toEqual({ done: true, value: undefined });
  },
);

it("ends a read that is under way when the consumer leaves", async () => {
  let fail: (error: Error) => void = () => {};
  const items = createPullIterator<number>(
    () =>
      new Promise((_resolve, reject) => {
        fail = reject;
      }),
    () => fail(new Error("left")),
  );
  const waiting = items.next();
  await items.return(undefined);
  expect(await waiting).toEqual({ done: true, value: undefined });
});
