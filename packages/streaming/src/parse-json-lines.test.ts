import { expect, it } from "vitest";
import { collect, cut, rejection, toBytes, watchedBody } from "../test/support.ts";
import { parseJsonLines } from "./parse-json-lines.ts";

it.each([1, 7, 1000])(
  "reads values in pieces of %d bytes, the last one without a line feed",
  async (size) => {
    const bytes = toBytes('\ufeff{"text":"grüße 😀"}\r\n\n[1]\n"x"\nnull\n2');
    expect(await collect(parseJsonLines(watchedBody(cut(bytes, size)).stream))).toEqual([
      { text: "grüße 😀" },
      [1],
      "x",
      null,
      2,
    ]);
  },
);

it("gives what came before a line that is not JSON, then names and quotes it", async () => {
  const body = watchedBody(["1\n2\noops\n4\n"], "open");
  const values = parseJsonLines(body.stream);
  expect([(await values.next()).value, (await values.next()).value]).toEqual([1, 2]);
  expect(await rejection(values.next())).toMatchObject({
    reason: "invalid-data",
    message: 'Line 3 is not JSON: "oops"',
    raw: "oops",
  });
  expect(body.isCancelled).toBe(true);
});

it("says when the body ends within a line", async () => {
  const error = await rejection(collect(parseJsonLines(watchedBody(['{"a":1}\n{"b"']).stream)));
  expect(error).toMatchObject({ reason: "invalid-data", message: 'The body ends within line 2: "{\\"b\\""' });
});

it("gives the body up when the consumer leaves", async () => {
  const body = watchedBody(["1\n2\n"], "open");
  for await (const value of parseJsonLines<number>(body.stream)) {
    expect(value).toBe(1);
    break;
  }
  expect(body.isCancelled).toBe(true);
});

it("does not take lines over the cap", async () => {
  const lines = parseJsonLines(watchedBody(["1234567890\n"]).stream, { maxEventBytes: 5 });
  expect(await rejection(lines.next())).toMatchObject({ reason: "too-large" });
});
