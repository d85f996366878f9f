import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { openAttempt } from "./attempt.ts";

const request = new Request("https://harbour.test");

function answerWithBody() {
  let cancel = () => {};
  const cancelled = new Promise<void>((resolve) => {
    cancel = resolve;
  });
  return { response: new Response(new ReadableStream({ cancel })), cancelled };
}

test("an answer that comes after everyone left is given up", async () => {
  const { response, cancelled } = answerWithBody();
  let answer: (response: Response) => void = () => {};
  const late = new Promise<Response>((resolve) => {
    answer = resolve;
  });
  const attempt = openAttempt(new AbortController().signal, 5);
  await expect(attempt.run(() => late, request)).rejects.toMatchObject({
    name: "TimeoutError",
    clock: "response",
  });
  answer(response);
  await cancelled;
});

test("the call's end reaches the attempt, also after its headers have come", async () => {
  const call = new AbortController();
  const attempt = openAttempt(call.signal, 1000);
  await attempt.run(async () => new Response(""), request);
  expect(attempt.signal.aborted).toBe(false);
  call.abort("enough");
  expect(attempt.signal.reason).toBe("enough");
});

test("an attempt of a call that is over isn't begun", async () => {
  let begun = false;
  const attempt = openAttempt(AbortSignal.abort("before"), 1000);
  const chain = async () => {
    begun = true;
    return new Response("");
  };
  await expect(attempt.run(chain, request)).rejects.toBe("before");
  expect(begun).toBe(false);
});

test("an attempt that was released lets go of the call's signal", async () => {
  const call = new AbortController();
  const attempt = openAttempt(call.signal, 1000);
  await attempt.run(async () => new Response(""), request);
  attempt.release();
  expect(getEventListeners(call.signal, "abort")).toEqual([]);
});

test("an attempt that fails lets go of the call's signal by itself", async () => {
  const call = new AbortController();
  const attempt = openAttempt(call.signal, 1000);
  const broken = () => Promise.reject(new RangeError("broken"));
  await expect(attempt.run(broken, request)).rejects.toThrow("broken");
  expect(getEventListeners(call.signal, "abort")).toEqual([]);
});
