import { expect, test } from "vitest";
import { openCallScope } from "./call-scope.ts";

const noLimit = Number.POSITIVE_INFINITY;

test("the caller's signal ends a call, and its reason is kept", () => {
  const controller = new AbortController();
  const scope = openCallScope(controller.signal, noLimit);
  controller.abort("enough");
  expect(scope.signal.reason).toMatchObject({ name: "AbortError", cause: "enough" });
});

test("a signal that is aborted already ends the call at once", () => {
  expect(openCallScope(AbortSignal.abort("before"), noLimit).signal.reason).toMatchObject({
    cause: "before",
  });
});

test("the total clock ends a call", async () => {
  const scope = openCallScope(undefined, 5);
  await new Promise((resolve) => scope.signal.addEventListener("abort", resolve));
  expect(scope.signal.reason).toMatchObject({ name: "TimeoutError", clock: "total", timeout: 5 });
});

test("a call that was released isn't ended any more", async () => {
  const controller = new AbortController();
  const scope = openCallScope(controller.signal, 5);
  scope.release();
  controller.abort();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(scope.signal.aborted).toBe(false);
});

test("a call without a clock has all the time there is", () => {
  expect(openCallScope(undefined, noLimit).remaining()).toBe(noLimit);
});
