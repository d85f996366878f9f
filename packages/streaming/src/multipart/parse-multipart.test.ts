import { expect, it } from "vitest";
import { collect, cut, rejection, toBytes, watchedBody } from "../../test/support.ts";
import { type ParseMultipartOptions, parseMultipart } from "./parse-multipart.ts";

interface Found {
  parts: { headers: Record<string, string>; data: string }[];
  quirks: string[];
  error?: unknown;
}

async function read(text: string, size = 1000, options: Partial<ParseMultipartOptions> = {}): Promise<Found> {
  const found: Found = { parts: [], quirks: [] };
  const onQuirk = ({ id }: { id: string }) => found.quirks.push(id);
  const body = watchedBody(cut(toBytes(text), size)).stream;
  try {
    for await (const { headers, data } of parseMultipart(body, { boundary: "b", onQuirk, ...options }))
      found.parts.push({ headers: Object.fromEntries(headers), data: new TextDecoder().decode(data) });
  } catch (error) {
    found.error = error;
  }
  return found;
}

const sizes = [1, 2, 3, 7, 1000];

it.each(sizes)("reads parts with preamble and epilogue, in pieces of %d bytes", async (size) => {
  const text =
    "to be ignored\r\n--bb\r\n\r\n--b \t\r\nContent-Type: text/plain\r\nX-Long: one\r\n two\r\n\tthree\r\n\r\ngrüße\r\n\r\n" +
    "--b\r\n\r\nno header\r\n--b\r\nX-Empty:\r\n\r\n--b\r\nX-No: content\r\n--b\r\n\r\n\r\n--b--\r\n--b\r\n\r\nepilogue";
  expect(await read(text, size)).toEqual({
    parts: [
      { headers: { "content-type": "text/plain", "x-long": "one two three" }, data: "grüße\r\n" },
      { headers: {}, data: "no header" },
      { headers: { "x-empty": "" }, data: "" },
      { headers: { "x-no": "content" }, data: "" },
      { headers: {}, data: "" },
    ],
    quirks: [],
  });
});

it.each(sizes)(
  "takes lines that only begin like a boundary for content, in pieces of %d bytes",
  async (size) => {
    const content = "--bc\r\n --b\r\n--b-\r\n--b--c\r\n-\r\n--\r\n\n\r--b\r\n--B";
    const { parts, quirks } = await read(`--b\r\n\r\n${content}\r\n--b--`, size);
    expect([parts.map(({ data }) => data), quirks]).toEqual([[content], []]);
  },
);

it.each(sizes)("reads lines that end with LF alone, and reports it, in pieces of %d bytes", async (size) => {
  expect(await read("--b\nX: 1\n\none\n--b\n\ntwo\r\n--b--\n", size)).toEqual({
    parts: [
      { headers: { x: "1" }, data: "one" },
      { headers: {}, data: "two" },
    ],
    quirks: ["Q48"],
  });
});

it("keeps bytes that are no text", async () => {
  const data = Uint8Array.from({ length: 256 }, (_, at) => at);
  const body = watchedBody([toBytes("--b\r\n\r\n"), data, toBytes("\r\n--b--")]).stream;
  expect((await collect(parseMultipart(body, { boundary: "b" })))[0]?.data).toEqual(data);
});

it("passes over header lines that are none, and reports it", async () => {
  const found = await read("--b\r\n folded\r\nno colon\r\nb d: 1\r\nGood: é\r\n\r\n1\r\n--b--\r\n");
  expect(found).toEqual({ parts: [{ headers: { good: "Ã©" }, data: "1" }], quirks: ["Q49"] });
});

it.each([
  "--b\r\n\r\none\r\n--b\r\nX: 1\r\n\r\ntwo\r\n--",
  "--b\r\n\r\none\r\n--b\r\nX",
  "--b\r\n\r\none\r\n--b\r\n",
  "--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b",
  "--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b\r",
  "--b\r\n\r\none\r\n--b\r\nX: 1\r\n--b",
])("says when the closing boundary is missing: %j", async (text) => {
  const { parts, quirks, error } = await read(text);
  expect([parts.map(({ data }) => data), quirks]).toEqual([["one"], []]);
  expect(error).toMatchObject({
    reason: "truncated",
    message: "The body ended before its closing boundary, after 1 parts",
    raw: text.includes("two") ? "two" : "",
  });
});

it.each(["--b--", "--b-- ", "--b--\r"])("needs no line end behind the closing boundary: %j", async (end) => {
  expect(await read(`--b\r\n\r\none\r\n${end}`, 1)).toEqual({
    parts: [{ headers: {}, data: "one" }],
    quirks: [],
  });
});

it("says when the body gives text instead of bytes", async () => {
  const body = (async function* () {
    yield "--b\r\n\r\none\r\n--b--" as unknown as Uint8Array;
  })();
  expect(await rejection(collect(parseMultipart(body, { boundary: "b" })))).toMatchObject({
    message: "The body gives text, not bytes",
  });
});

it("gives any number of parts that come at once in time proportional to it", async () => {
  const body = watchedBody([`${"--b\r\n\r\n\r\n".repeat(400_000)}--b--\r\n`]).stream;
  let count = 0;
  for await (const { data } of parseMultipart(body, { boundary: "b" })) count += 1 + data.length;
  expect(count).toBe(400_000);
});

it("says when there is no boundary in the body, and shows its beginning", async () => {
  expect((await read('{"detail":"größe"}', 500)).error).toMatchObject({ raw: '{"detail":"größe"}\n' });
  const page = `<html>${" ".repeat(100_000)}</html>`;
  expect((await read(page, 500)).error).toMatchObject({
    reason: "invalid-data",
    message: expect.stringMatching(/^The body has no boundary in it: "<html> /),
  });
  expect((await read("")).error).toMatchObject({ reason: "truncated" });
});

it.each(sizes)("does not take parts and headers over their caps, in pieces of %d bytes", async (size) => {
  const limits = { maxEventBytes: 10, maxHeaderBytes: 12 };
  const right = "--b\r\nX: 123\r\n\r\n0123456789\r\n--b--";
  expect((await read(right, size, limits)).parts).toHaveLength(1);
  for (const [wrong, message] of [
    ["--b\r\n\r\n01234567890\r\n--b--", "A part is larger than 10 bytes (maxEventBytes)"],
    ["--b\r\n\r\n0123456789\r\n1\r\n1", "A part is larger than 10 bytes (maxEventBytes)"],
    [`--b\r\n\r\n${"0".repeat(50)}`, "A part is larger than 10 bytes (maxEventBytes)"],
    ["--b\r\nX: 12345678\r\n\r\n--b--", "The header of a part is larger than 12 bytes (maxHeaderBytes)"],
    [`--b\r\nX: ${"1".repeat(50)}`, "The header of a part is larger than 12 bytes (maxHeaderBytes)"],
  ] as const) {
    expect((await read(wrong, size, limits)).error, wrong).toMatchObject({ reason: "too-large", message });
  }
});

it("does not put up with departures when it is strict", async () => {
  const found = await read("--b\r\n\r\n1\r\n--b\n\n2\n--b--", 1000, { strict: true });
  expect(found.parts).toHaveLength(1);
  expect(found.error).toMatchObject({ reason: "quirk", code: "Q48" });
});

it.each(["", "a\r\nb", "é", "b "])("refuses a boundary that can be none: %j", (boundary) => {
  expect(() => parseMultipart(watchedBody([]).stream, { boundary })).toThrow("The boundary can't be one");
});

it("has a part as soon as the boundary behind it has come, and gives the body up when the consumer leaves", async () => {
  const body = watchedBody(["--b\r\n\r\n1\r\n--b\r\n"], "open");
  for await (const { data } of parseMultipart(body.stream, { boundary: "b" })) {
    expect(new TextDecoder().decode(data)).toBe("1");
    break;
  }
  expect(body.isCancelled).toBe(true);
});

it("gives the body up at the closing boundary", async () => {
  const body = watchedBody(["--b\r\n\r\n1\r\n--b--\r\n"], "open");
  expect(await collect(parseMultipart(body.stream, { boundary: "b" }))).toHaveLength(1);
  expect(body.isCancelled).toBe(true);
});
