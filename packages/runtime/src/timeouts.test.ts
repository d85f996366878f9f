import { expect, test } from "vitest";
import { InvalidRequestError } from "./errors.ts";
import { defaultTimeouts, resolveTimeouts, startTimer } from "./timeouts.ts";

test("without a setting the defaults hold", () => {
  expect(resolveTimeouts()).toEqual({
    response: 600_000,
    firstEvent: 300_000,
    idle: 120_000,
    total: Number.POSITIVE_INFINITY,
  });
  expect(resolveTimeouts(undefined, undefined)).toEqual(defaultTimeouts);
});

test("a single figure sets all clocks but the total one", () => {
  expect(resolveTimeouts(50)).toEqual({
    response: 50,
    firstEvent: 50,
    idle: 50,
    total: Number.POSITIVE_INFINITY,
  });
});

test("later settings win clock by clock", () => {
  const timeouts = resolveTimeouts({ idle: 1, total: 2 }, 50, { idle: 3 });
  expect(timeouts).toEqual({ response: 50, firstEvent: 50, idle: 3, total: 2 });
});

test("0 and Infinity switch a clock off", () => {
  expect(resolveTimeouts({ response: 0, idle: Number.POSITIVE_INFINITY })).toMatchObject({
    response: Number.POSITIVE_INFINITY,
    idle: Number.POSITIVE_INFINITY,
  });
});

test.each([-1, Number.NaN, "10" as unknown as number])("%o is refused", (figure) => {
  expect(() => resolveTimeouts({ idle: figure })).toThrow(InvalidRequestError);
  expect(() => resolveTimeouts({ idle: figure })).toThrow('for the clock "idle"');
});

test.each([
  [{ respons: 5 }, 'The option timeout has no clock "respons"; the nearest is response.'],
  [{ connect: 5 }, 'The option timeout has no clock "connect".'],
  ["5000", "The option timeout was given a string instead of an object of clocks."],
  [null, "The option timeout was given null instead of an object of clocks."],
])("%o is refused: it would leave the clocks as they are", (setting, message) => {
  expect(() => resolveTimeouts(setting as object)).toThrow(message);
});

test("a timer longer than timers can count never fires instead of firing at once", async () => {
  let fired = false;
  startTimer(2 ** 31, () => {
    fired = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(fired).toBe(false);
});
