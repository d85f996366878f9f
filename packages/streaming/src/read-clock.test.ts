import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { TimeoutError } from "./errors.ts";
import { createReadClock } from "./read-clock.ts";
import type { StreamTimeouts } from "./stream-options.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function startClocks(timeouts: StreamTimeouts) {
  const rung: TimeoutError[] = [];
  const clock = createReadClock(timeouts, (error) => rung.push(error));
  if (clock === undefined) throw new Error("no clock runs");
  return { clock, rung };
}

it("lets the idle clock begin anew with every read", () => {
  const { clock, rung } = startClocks({ idle: 100 });
  for (let i = 0; i < 3; i++) {
    clock.start();
    vi.advanceTimersByTime(90);
    clock.stop();
  }
  expect(rung).toEqual([]);
  clock.start();
  vi.advanceTimersByTime(99);
  expect(rung).toEqual([]);
  vi.advanceTimersByTime(2);
  expect(rung).toMatchObject([{ name: "TimeoutError", clock: "idle", timeout: 100 }]);
});

it("does not let the idle clock run while nobody reads", () => {
  const { clock, rung } = startClocks({ idle: 100 });
  clock.start();
  clock.stop();
  vi.advanceTimersByTime(1000);
  expect(vi.getTimerCount()).toBe(0);
  clock.start();
  vi.advanceTimersByTime(90);
  clock.stop();
  expect(rung).toEqual([]);
});

it("counts the first event from the first read, over reads without an event", () => {
  const { clock, rung } = startClocks({ firstEvent: 100, idle: 90 });
  clock.start();
  vi.advanceTimersByTime(60);
  clock.stop();
  clock.start();
  vi.advanceTimersByTime(41);
  expect(rung).toMatchObject([{ clock: "firstEvent", timeout: 100 }]);
});

it("starts the idle clock only after the first event, when that has a clock of its own", () => {
  const { clock, rung } = startClocks({ firstEvent: 300, idle: 50 });
  clock.start();
  vi.advanceTimersByTime(200);
  clock.stop();
  clock.eventCame();
  clock.start();
  vi.advanceTimersByTime(51);
  expect(rung).toMatchObject([{ clock: "idle", timeout: 50 }]);
});

it("forgets the first event's clock once it has come", () => {
  const { clock, rung } = startClocks({ firstEvent: 100 });
  clock.start();
  clock.stop();
  clock.eventCame();
  clock.start();
  vi.advanceTimersByTime(1000);
  expect(rung).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it.each([[undefined], [0], [Infinity], [2 ** 31]])("runs no clock for %s", (time) => {
  expect(createReadClock({ firstEvent: time, idle: time }, () => {})).toBeUndefined();
});

it.each([
  ["firstEvent", -1],
  ["idle", Number.NaN],
])("refuses a time that is none: %s %d", (name, time) => {
  expect(() => createReadClock({ [name]: time }, () => {})).toThrow(`timeouts.${name} must be`);
});

it("leaves no timer behind when it is closed", () => {
  const { clock, rung } = startClocks({ idle: 100 });
  clock.start();
  clock.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(1000);
  expect(rung).toEqual([]);
});
