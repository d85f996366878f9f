import { describe, expect, it } from "vitest";
import { collect, cut, rejection, toBytes, watchedBody } from "../../test/support.ts";
import { EventStream } from "../event-stream.ts";
import { multipartMixed } from "./multipart-mixed.ts";

function open(
  text: string,
  contentType: string | null = "multipart/mixed; boundary=b",
  status = 200,
  strict = false,
) {
  const quirks: string[] = [];
  const { stream } = watchedBody(cut(toBytes(text), 5));
  const headers: Record<string, string> = contentType === null ? {} : { "content-type": contentType };
  const events = EventStream.fromResponse(new Response(stream, { status, headers }), {
    framing: multipartMixed,
    strict,
    onQuirk: ({ id }) => quirks.push(id),
  });
  return { events, quirks };
}

const part = (type: string, data: string) => `--b\r\nContent-Type: ${type}\r\n\r\n${data}\r\n`;

describe("a stream of parts", () => {
  it("gives JSON as its value and any other part as headers and bytes", async () => {
    const { events, quirks } = open(
      `${part("application/json; charset=utf-8", '{"a":1}')}${part("image/png", "\u0089PNG")}${part("application/problem+json", "[]")}--b--\r\n`,
    );
    const [first, second, third] = await collect(events);
    expect([first, third]).toEqual([{ a: 1 }, []]);
    const { headers, data } = second as { headers: Headers; data: Uint8Array };
    expect([headers.get("content-type"), data]).toEqual(["image/png", toBytes("\u0089PNG")]);
    expect(await events.end).toEqual({ reason: "complete" });
    expect(quirks).toEqual([]);
  });

  it("reads a part without a type as JSON when it can be nothing else (Q50)", async () => {
    const { events, quirks } = open('--b\r\n\r\n{"a":1}\r\n--b\r\n\r\n12\r\n--b--');
    const [first, second] = await collect(events);
    expect(first).toEqual({ a: 1 });
    expect(second).toMatchObject({ data: toBytes("12") });
    expect(quirks).toEqual(["Q50"]);
  });

  it.each([
    ["\r\n--", { a: 2 }],
    ["\r\n--b \r", { a: 2 }],
    ["\r\n", { a: 2 }],
    ["", { a: 2 }],
  ])("uses JSON whose closing boundary is missing (Q7), and is truncated: %j", async (end, last) => {
    const { events, quirks } = open(
      `${part("application/json", '{"a":1}')}${part("application/json", '{"a":2}').slice(0, -2)}${end}`,
    );
    expect(await collect(events)).toEqual([{ a: 1 }, last]);
    expect(await events.end).toEqual({ reason: "truncated" });
    expect(quirks).toEqual(["Q7"]);
  });

  it.each(["application/json\r\n\r\n{", "application/json\r\n\r\n12", "text/plain\r\n\r\n{}", "text"])(
    "is truncated when the body ends within a part: %j",
    async (end) => {
      const { events, quirks } = open(`${part("application/json", "1")}--b\r\nContent-Type: ${end}`);
      expect(await collect(events)).toEqual([1]);
      expect(await events.end).toEqual({ reason: "truncated" });
      expect(quirks).toEqual([]);
    },
  );

  it("fails at a part that should be JSON and is not", async () => {
    const { events } = open(`${part("application/json", "1")}${part("application/json", "oops")}--b--`);
    expect(await rejection(collect(events))).toMatchObject({
      reason: "invalid-data",
      message: 'Part 2 is not JSON: "oops"',
    });
  });

  it("is complete when nothing comes behind the closing boundary, not even a line end", async () => {
    const body = watchedBody([`${part("application/json", "1")}--b--`], "open");
    const events = EventStream.fromResponse(
      new Response(body.stream, { headers: { "content-type": "multipart/mixed; boundary=b" } }),
      { framing: multipartMixed, timeouts: { idle: 20 } },
    );
    expect(await collect(events)).toEqual([1]);
    expect(await events.end).toEqual({ reason: "complete" });
    expect(body.isCancelled).toBe(true);
  });

  it.each([
    `${part("application/json", '{"error":{"message":"No more tide"}}')}--b--`,
    '--b\r\n\r\n{"error":{"message":"No more tide"}}\r\n--b--',
    '--b\r\n\r\n{"error":{"message":"No more tide"}}',
  ])("fails with the error the server reports in a part (Q39), whatever its form: %j", async (text) => {
    const { events, quirks } = open(text, undefined, undefined, true);
    expect(await rejection(collect(events))).toMatchObject({ reason: "server", message: "No more tide" });
    expect(quirks).toEqual(["Q39"]);
  });

  it("fails with what the server said in another form", async () => {
    const error = '{"error":{"message":"No more tide"}}';
    expect(await rejection(collect(open(error, "application/json").events))).toMatchObject({
      message: "No more tide",
    });
    expect(await rejection(collect(open(error, "application/json", 500).events))).toMatchObject({
      message: "The server answered 500: No more tide",
    });
    expect(await rejection(collect(open("hm", null).events))).toMatchObject({ reason: "invalid-data" });
  });
});

it.each([
  ["multipart/mixed; boundary=b", undefined],
  ["application/json", undefined],
  ["multipart/mixed", "its Content-Type (multipart/mixed) names no boundary of parts"],
  [
    "multipart/mixed; boundary=é",
    "its Content-Type (multipart/mixed; boundary=é) names no boundary of parts",
  ],
  ["text/plain", "its Content-Type (text/plain) names no boundary of parts"],
])("what makes an answer of the type %s unreadable: %s", (contentType, want) => {
  expect(multipartMixed.obstacleIn(new Response("", { headers: { "content-type": contentType } }))).toBe(
    want,
  );
});
