import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ByteReader } from "./byte-reader.ts";
import { createClockedReader } from "./clocked-reader.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A source that gives a piece when it is told to. */
function source(): ByteReader & { give(): void } {
  let resolve: (piece: Uint8Array) => void = () => {};
  return {
    read: () =>
      new Promise((resolveRead) => {
        resolve = resolveRead;
      }),
    cancel: () => {},
    give: () => resolve(new Uint8Array([1])),
  };
}

it("lets the idle clock begin anew with every piece", async () => {
  const bytes = source();
  const reader = createClockedReader(bytes, { idle: 100 });
  for (let i = 0; i < 3; i++) {
    const read = reader.read();
    await vi.advanceTimersByTimeAsync(90);
    bytes.give();
    expect(await read).toHaveLength(1);
  }
  const last = expect(reader.read()).rejects.toMatchObject({
    name: "TimeoutError",
    clock: "idle",
    timeout: 100,
  });
  await vi.advanceTimersByTimeAsync(100);
  await last;
});

it("does not let the idle clock run while nobody reads", async () => {
  const bytes = source();
  const reader = createClockedReader(bytes, { idle: 100 });
  const read = reader.read();
  bytes.give();
  await read;
  await vi.advanceTimersByTimeAsync(1000);
  expect(vi.getTimerCount()).toBe(0);
  const next = reader.read();
  bytes.give();
  expect(await next).toHaveLength(1);
});

it("counts the first event from the first read, over pieces without an event", async () => {
  const bytes = source();
  const reader = createClockedReader(bytes, { firstEvent: 100, idle: 90 });
  const read = reader.read();
  await vi.advanceTimersByTimeAsync(60);
  bytes.give();
  await read;
  const next = expect(reader.read()).rejects.toMatchObject({ clock: "firstEvent", timeout: 100 });
  await vi.advanceTimersByTimeAsync(40);
  await next;
});

it("starts the idle clock only after the first event, when that has a clock of its own", async () => {
  const bytes = source();
  const reader = createClockedReader(bytes, { firstEvent: 300, idle: 50 });
  const read = reader.read();
  await vi.advanceTimersByTimeAsync(200);
  bytes.give();
  await read;
  reader.eventCame();
  const next = expect(reader.read()).rejects.toMatchObject({ clock: "idle", timeout: 50 });
  await vi.advanceTimersByTimeAsync(50);
  await next;
});

it("forgets the first event's clock once it has come", async () => {
  const bytes = source();
  const reader = createClockedReader(bytes, { firstEvent: 100 });
  const read = reader.read();
  bytes.give();
  await read;
  reader.eventCame();
  const next = reader.read();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(1000);
  bytes.give();
  expect(await next).toHaveLength(1);
});

it.each([[undefined], [0], [Infinity], [2 ** 31]])("runs no clock for %s", (time) => {
  const reader = createClockedReader(source(), { firstEvent: time, idle: time });
  void reader.read();
  expect(vi.getTimerCount()).toBe(0);
});

it.each([
  ["firstEvent", -1],
  ["idle", Number.NaN],
])("refuses a time that is none: %s %d", (name, time) => {
  expect(() => createClockedReader(source(), { [name]: time })).toThrow(`timeouts.${name} must be`);
});

it("stops the read that is under way", async () => {
  const reader = createClockedReader(source(), { idle: 100 });
  const read = reader.read();
  reader.stop(new Error("enough"));
  await expect(read).rejects.toThrow("enough");
  expect(vi.getTimerCount()).toBe(0);
});
