import { expect, test } from "vitest";
import { sleep } from "./sleep.ts";

test("a sleep ends by itself, and keeps no listener", async () => {
  const { signal } = new AbortController();
  let removed = 0;
  const { removeEventListener } = signal;
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    removed += 1;
    removeEventListener.apply(signal, args);
  };
  await sleep(1, signal);
  expect(removed).toBe(1);
});

test("a sleep is ended by its signal, with the signal's reason", async () => {
  const controller = new AbortController();
  const slept = sleep(60_000, controller.signal);
  controller.abort("enough");
  await expect(slept).rejects.toBe("enough");
});

test("a sleep doesn't begin when its signal is aborted", async () => {
  await expect(sleep(60_000, AbortSignal.abort("before"))).rejects.toBe("before");
});
