import fc from "fast-check";
import { expect, it } from "vitest";
import {
  EventStream,
  jsonSequence,
  type MultipartPart,
  multipartMixed,
  parseMultipart,
} from "../src/index.ts";
import { cutBy, readSizes } from "./chat-plan.ts";
import { collect, toBytes, watchedBody } from "./support.ts";

const rs = "\u001e";
const bytesOf = (parts: readonly (string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(parts.flatMap((part) => [...(typeof part === "string" ? toBytes(part) : part)]));

/** What a stream of these bytes gives, and how it ends. */
async function readSequence(bytes: Uint8Array, sizes: readonly number[]) {
  const quirks: string[] = [];
  const events = EventStream.fromResponse(new Response(watchedBody(cutBy(bytes, sizes)).stream), {
    framing: jsonSequence,
    onQuirk: ({ id }) => quirks.push(id),
  });
  const items = await collect(events).catch((error: Error) => error.message);
  return { items, quirks, end: (await events.end).reason };
}

/** JSON as servers write it: in one line, or in many. */
const texts = fc.array(fc.tuple(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(0, 2)), { maxLength: 8 });

it("any sequence of JSON texts, in any reads, gives their values", async () => {
  await fc.assert(
    fc.asyncProperty(texts, readSizes, async (values, sizes) => {
      const text = values.map(([value, indent]) => `${rs}${JSON.stringify(value, null, indent)}\n`).join("");
      expect(await readSequence(toBytes(text), sizes)).toEqual({
        items: values.map(([value]) => JSON.parse(JSON.stringify(value))),
        quirks: [],
        end: "complete",
      });
    }),
    { numRuns: 200 },
  );
});

it("any sequence that is cut off gives what came before, and never a value that was not sent", async () => {
  await fc.assert(
    fc.asyncProperty(texts, readSizes, fc.nat(), async (values, sizes, where) => {
      const sent = values.map(([value]) => JSON.parse(JSON.stringify(value)) as unknown);
      const whole = toBytes(sent.map((value) => `${rs}${JSON.stringify(value)}\n`).join(""));
      const { items } = await readSequence(whole.subarray(0, where % (whole.length + 1)), sizes);
      expect(sent.slice(0, items.length)).toEqual(items);
    }),
    { numRuns: 200 },
  );
});

it("any bytes give the same as a sequence, however they are cut up", async () => {
  const pieces = fc.array(fc.constantFrom(rs, "\n", "1", '"', "\\", "{", "}", "[]", " ", "é", "x"), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(pieces, readSizes, async (text, sizes) => {
      const bytes = toBytes(text.join(""));
      expect(await readSequence(bytes, sizes)).toEqual(await readSequence(bytes, [bytes.length + 1]));
    }),
    { numRuns: 500 },
  );
});

const boundary = "tide-0";
const content = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  // What a boundary is made of.
  fc
    .array(fc.constantFrom("\r", "\n", "-", "--", "--tide-", "--tide-0x", "0", " "), { maxLength: 12 })
    .map(bytesOf),
);
const hasBoundary = (bytes: Uint8Array) =>
  /(^|\n)--tide-0(--)?[ \t]*\r?(\n|$)/.test(String.fromCharCode(...bytes));

it("any parts, in any reads, come as they were sent", async () => {
  const parts = fc.array(
    content.filter((bytes) => !hasBoundary(bytes)),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(parts, readSizes, async (sent, sizes) => {
      const body = bytesOf([
        "preamble\r\n",
        ...sent.flatMap((data, at) => [`--${boundary}\r\nX-At: ${at}\r\n\r\n`, data, "\r\n"]),
        `--${boundary}--`,
      ]);
      const found = await collect(parseMultipart(watchedBody(cutBy(body, sizes)).stream, { boundary }));
      expect(found.map(({ data }) => [...data])).toEqual(sent.map((data) => [...data]));
      expect(found.map(({ headers }) => headers.get("x-at"))).toEqual(sent.map((_, at) => String(at)));
    }),
    { numRuns: 300 },
  );
});

it("any parts that are cut off give what came before, and never a part that was not sent", async () => {
  const beginsClosing = (bytes: Uint8Array) => /(^|\n)--tide-0--/.test(String.fromCharCode(...bytes));
  const parts = fc.array(
    content.filter((bytes) => !hasBoundary(bytes) && !beginsClosing(bytes)),
    { minLength: 1, maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(parts, readSizes, fc.nat(), async (sent, sizes, where) => {
      const whole = bytesOf([
        ...sent.flatMap((data) => [`--${boundary}\r\nX-At: 1\r\n\r\n`, data, "\r\n"]),
        `--${boundary}--`,
      ]);
      const body = whole.subarray(0, where % whole.length);
      const quirks: string[] = [];
      const onQuirk = ({ id }: { id: string }) => quirks.push(id);
      const found: MultipartPart[] = [];
      const read = async () => {
        for await (const part of parseMultipart(watchedBody(cutBy(body, sizes)).stream, {
          boundary,
          onQuirk,
        }))
          found.push(part);
      };
      await expect(read()).rejects.toMatchObject({ reason: expect.stringMatching("truncated|invalid-data") });
      expect(found.map(({ data }) => [...data])).toEqual(
        sent.slice(0, found.length).map((data) => [...data]),
      );
      expect(quirks).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it("any bytes give the same as multipart, however they are cut up", async () => {
  const pieces = fc.array(
    fc.constantFrom(
      "--tide-0",
      "--tide-0--",
      "\r\n",
      "\n",
      "\r",
      "A: 1",
      " ",
      "{}",
      "-",
      "Content-Type: text/plain",
    ),
    { maxLength: 20 },
  );
  const read = async (bytes: Uint8Array, sizes: readonly number[]) => {
    const quirks: string[] = [];
    const headers = { "content-type": `multipart/mixed; boundary=${boundary}` };
    const events = EventStream.fromResponse<MultipartPart>(
      new Response(watchedBody(cutBy(bytes, sizes)).stream, { headers }),
      { framing: multipartMixed, onQuirk: ({ id }) => quirks.push(id), maxEventBytes: 24 },
    );
    const items: unknown[] = [];
    try {
      for await (const item of events) items.push(item.data ? [[...item.headers], [...item.data]] : item);
    } catch (error) {
      items.push((error as Error).message);
    }
    return { items, quirks, end: (await events.end).reason };
  };
  await fc.assert(
    fc.asyncProperty(pieces, readSizes, async (text, sizes) => {
      const bytes = toBytes(text.join(""));
      expect(await read(bytes, sizes)).toEqual(await read(bytes, [bytes.length + 1]));
    }),
    { numRuns: 500 },
  );
});
