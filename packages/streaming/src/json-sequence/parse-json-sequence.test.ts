import { expect, it } from "vitest";
import { collect, cut, rejection, toBytes, watchedBody } from "../../test/support.ts";
import { parseJsonSequence } from "./parse-json-sequence.ts";

const rs = "\u001e";

async function read(
  text: string,
  size: number,
): Promise<{ values: unknown[]; quirks: string[]; error?: unknown }> {
  const quirks: string[] = [];
  const values: unknown[] = [];
  const body = watchedBody(cut(toBytes(text), size)).stream;
  try {
    for await (const value of parseJsonSequence(body, { onQuirk: ({ id }) => quirks.push(id) })) {
      values.push(value);
    }
    return { values, quirks };
  } catch (error) {
    return { values, quirks, error };
  }
}

it.each([1, 2, 7, 70, 1000])("reads values in pieces of %d bytes", async (size) => {
  const text = `${rs}{"text":"grüße 😀"}\n${rs}[1,\n 2]\r\n${rs}${rs}\n${rs}"a\\"b{"\n${rs}null\n${rs}12 ${rs}{"last":true}`;
  expect(await read(text, size)).toEqual({
    values: [{ text: "grüße 😀" }, [1, 2], 'a"b{', null, 12, { last: true }],
    quirks: [],
  });
});

it.each([1, 1000])("passes over what was cut off or is no JSON, in pieces of %d bytes", async (size) => {
  for (const wrong of [
    "123",
    "true",
    "nul",
    '{"a":',
    '"a',
    "1 2\n",
    '{"a":1}{"b":2}\n',
    "truefalse\n",
    "]\n",
  ]) {
    const found = await read(`${rs}1\n${rs}${wrong}${rs}2\n`, size);
    expect(found, wrong).toEqual({ values: [1, 2], quirks: ["Q47"] });
  }
});

it.each([1, 1000])("reads texts without a separator before them, in pieces of %d bytes", async (size) => {
  expect(await read('{"a":1}\n{"a":2}\n', size)).toEqual({ values: [{ a: 1 }, { a: 2 }], quirks: ["Q46"] });
  expect(await read(`hello\n${rs}1\n`, size)).toEqual({ values: [1], quirks: ["Q47"] });
});

it("has a value as soon as its line has ended", async () => {
  const values = parseJsonSequence(watchedBody([`${rs}{"a":\n1}\n`], "open").stream);
  expect((await values.next()).value).toEqual({ a: 1 });
});

it.each(['{"b"', "12", "tru"])("says when the body ends within a text: %s", async (last) => {
  const { values, quirks, error } = await read(`${rs}1\n${rs}${last}`, 3);
  expect([values, quirks]).toEqual([[1], []]);
  expect(error).toMatchObject({
    reason: "truncated",
    message: `The body ends within a text, after 1 of them: ${JSON.stringify(last)}`,
    raw: last,
  });
});

it.each(["<html></html>\n", "oops"])("says when the body is no sequence: %j", async (body) => {
  expect((await read(body, 100)).error).toMatchObject({
    reason: "invalid-data",
    message: `The body is no sequence of JSON texts: ${JSON.stringify(body)}`,
  });
});

it("has no values in an empty body, and in one of separators", async () => {
  expect(await collect(parseJsonSequence(watchedBody([]).stream))).toEqual([]);
  expect(await collect(parseJsonSequence(watchedBody([rs, `${rs}\n`]).stream))).toEqual([]);
});

it("does not put up with departures when it is strict, and gives the body up", async () => {
  const body = watchedBody([`${rs}1\n${rs}oops\n${rs}2\n`], "open");
  const values = parseJsonSequence(body.stream, { strict: true });
  expect((await values.next()).value).toBe(1);
  expect(await rejection(values.next())).toMatchObject({ reason: "quirk", code: "Q47" });
  expect(body.isCancelled).toBe(true);
});

it("gives the body up when the consumer leaves", async () => {
  const body = watchedBody([`${rs}1\n`], "open");
  for await (const value of parseJsonSequence<number>(body.stream)) {
    expect(value).toBe(1);
    break;
  }
  expect(body.isCancelled).toBe(true);
});

it.each([1, 100])("does not take texts over the cap, in pieces of %d bytes", async (size) => {
  const open = (text: string) =>
    parseJsonSequence(watchedBody(cut(toBytes(text), size)).stream, { maxEventBytes: 11 });
  expect(await collect(open(`${rs}"12345678"\n${rs}"é345678"\n`))).toHaveLength(2);
  expect(await rejection(collect(open(`${rs}"1234567890"\n`)))).toMatchObject({
    reason: "too-large",
    message: "A JSON text is larger than 11 bytes (maxEventBytes)",
  });
});
