import { expect, it } from "vitest";
import { toBytes, watchedBody } from "../test/support.ts";
import { createByteReader } from "./byte-reader.ts";

it("reads a stream to its end", async () => {
  const reader = createByteReader(watchedBody(["a", "b"]).stream);
  const reads = [await reader.read(), await reader.read(), await reader.read()];
  expect(reads.map(({ value }) => value)).toEqual([toBytes("a"), toBytes("b"), undefined]);
});

it("swallows what a source throws when it is given up", async () => {
  const body = new ReadableStream<Uint8Array>({
    cancel: () => Promise.reject(new Error("too late")),
  });
  createByteReader(body).cancel();
  async function* iterable(): AsyncGenerator<Uint8Array> {
    try {
      yield toBytes("a");
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: the source misbehaves on purpose.
      throw new Error("too late");
    }
  }
  const reader = createByteReader(iterable());
  await reader.read();
  reader.cancel();
  // A rejection nobody handles would fail the run.
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(await reader.read()).toMatchObject({ done: true });
});

it("ends a read of an iterable that is under way when it is given up", async () => {
  const iterable = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
  const reader = createByteReader(iterable);
  const reading = reader.read();
  reader.cancel();
  expect(await reading).toMatchObject({ done: true });
});

it("reads iterables whose answers are no promises", async () => {
  const iterator = {
    next: () => ({ done: false, value: toBytes("a") }),
    return: () => ({ done: true, value: undefined }),
  };
  const iterable = { [Symbol.asyncIterator]: () => iterator } as unknown as AsyncIterable<Uint8Array>;
  const reader = createByteReader(iterable);
  expect(await reader.read()).toEqual({ done: false, value: toBytes("a") });
  expect(() => reader.cancel()).not.toThrow();
});
