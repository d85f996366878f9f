import { expect, it } from "vitest";
import { createWaitingPull } from "./waiting-pull.ts";

type Result = IteratorResult<number, undefined>;

it("gives what is there at once, and waits for one thing at a time", async () => {
  const ready: Result[] = [{ done: false, value: 1 }];
  const waits: { resolve: (result: Result) => void; reject: (error: Error) => void }[] = [];
  const pull = createWaitingPull<number>(
    () => ready.shift(),
    () => new Promise((resolve, reject) => waits.push({ resolve, reject })),
  );
  expect(pull()).toEqual({ done: false, value: 1 });
  const [first, second, third] = [pull(), pull(), pull()];
  expect(waits).toHaveLength(1);
  ready.push({ done: false, value: 3 });
  waits[0]!.resolve({ done: false, value: 2 });
  expect(await first).toEqual({ done: false, value: 2 });
  expect(await second).toEqual({ done: false, value: 3 });
  expect(waits).toHaveLength(2);
  waits[1]!.reject(new Error("broken"));
  await expect(third).rejects.toThrow("broken");
  ready.push({ done: true, value: undefined });
  expect(pull()).toEqual({ done: true, value: undefined });
});
