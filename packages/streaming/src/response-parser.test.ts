import { describe, expect, it } from "vitest";
import { collect, eventResponse, events, rejection, watchedBody } from "../test/support.ts";
import { EventStream } from "./event-stream.ts";
import type { Quirk } from "./quirk.ts";

describe("what is no stream", () => {
  it.each([
    [
      "an error body",
      200,
      "application/json",
      '{"error":{"message":"No such model"}}',
      "server",
      "No such model",
    ],
    [
      "another status",
      503,
      "application/json",
      '{"detail":"Try later"}',
      "server",
      "The server answered 503: Try later",
    ],
    [
      "another status without a body",
      502,
      "text/html",
      "",
      "server",
      "The server answered 502: no explanation",
    ],
    [
      "one JSON body",
      200,
      "application/json",
      '{"a":1}',
      "invalid-data",
      'One body came where a stream was asked for: "{\\"a\\":1}"',
    ],
    [
      "a page",
      200,
      "text/html",
      " <html>busy</html>",
      "invalid-data",
      'One body came where a stream was asked for: " <html>busy</html>"',
    ],
    [
      "plain text",
      200,
      "text/plain",
      "busy, try later",
      "invalid-data",
      'One body came where a stream was asked for: "busy, try later"',
    ],
  ])("ends with an error that shows it: %s", async (_name, status, type, body, reason, message) => {
    const stream = EventStream.fromResponse(
      eventResponse(body, { status, headers: { "content-type": type } }),
    );
    expect(await rejection(collect(stream))).toMatchObject({ name: "StreamError", reason, message });
  });

  it("is read within bounds", async () => {
    const stream = EventStream.fromResponse(eventResponse(`{"a":"${"x".repeat(200)}"}`), {
      maxEventBytes: 100,
    });
    expect(await rejection(collect(stream))).toMatchObject({ reason: "too-large" });
  });

  it.each([
    ["application/json", "not text/event-stream"],
    ["", "missing"],
  ])("may still be one, whatever its content type says: %s", async (type, detail) => {
    const quirks: Quirk[] = [];
    const body = watchedBody(["\n", ": hi\n\n", events(1)]).stream;
    const response = new Response(body, type === "" ? {} : { headers: { "content-type": type } });
    const stream = EventStream.fromResponse(response, { onQuirk: (quirk) => quirks.push(quirk) });
    expect(await collect(stream)).toEqual([1]);
    expect(quirks).toMatchObject([{ id: "Q11", detail: expect.stringContaining(detail) }]);
  });
});

it("counts bytes, not characters, of a body that is no stream", async () => {
  const response = eventResponse(JSON.stringify("塩".repeat(400)).replace(/^/, '{"a":').concat("}"));
  const stream = EventStream.fromResponse(response, { maxEventBytes: 1000 });
  expect(await rejection(collect(stream))).toMatchObject({ reason: "too-large" });
});
