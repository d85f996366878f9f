import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { followSignal } from "./follow-signal.ts";

test("a signal that many follow has one listener, and none when all have left", () => {
  const { signal } = new AbortController();
  const leave = Array.from({ length: 100 }, () => followSignal(signal, () => {}));
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  for (const stop of leave) stop();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("everyone who still follows is told, once", () => {
  const controller = new AbortController();
  const told: string[] = [];
  followSignal(controller.signal, () => told.push("a"));
  const leave = followSignal(controller.signal, () => told.push("b"));
  followSignal(controller.signal, () => told.push("c"));
  leave();
  controller.abort();
  expect(told).toEqual(["a", "c"]);
});

test("whoever leaves while the others are told isn't told", () => {
  const controller = new AbortController();
  const told: string[] = [];
  const leave: (() => void)[] = [];
  followSignal(controller.signal, () => {
    told.push("a");
    for (const stop of leave) stop();
  });
  leave.push(followSignal(controller.signal, () => told.push("b")));
  controller.abort();
  expect(told).toEqual(["a"]);
});

test("a signal that nobody follows any more can be followed again", () => {
  const controller = new AbortController();
  const told: string[] = [];
  const leave = followSignal(controller.signal, () => told.push("a"));
  leave();
  const again = followSignal(controller.signal, () => told.push("b"));
  // Leaving twice doesn't take the other's listener away.
  leave();
  controller.abort();
  again();
  expect(told).toEqual(["b"]);
});
