import { expect, it } from "vitest";
import { collect, cut, rejection, toBytes, watchedBody } from "../../test/support.ts";
import { EventStream } from "../event-stream.ts";
import type { EventStreamOptions } from "../stream-framing.ts";
import { jsonSequence } from "./json-sequence.ts";

const rs = "\u001e";

function open(text: string, options: EventStreamOptions = {}, status = 200) {
  const quirks: string[] = [];
  const { stream } = watchedBody(cut(toBytes(text), 5));
  const events = EventStream.fromResponse(new Response(stream, { status }), {
    ...options,
    framing: jsonSequence,
    onQuirk: ({ id }) => quirks.push(id),
  });
  return { events, quirks };
}

it("gives the values of the texts, and goes on after one that can't be read", async () => {
  const { events, quirks } = open(`${rs}{"a":1}\n${rs}oops\n${rs}2\n`);
  expect(await collect(events)).toEqual([{ a: 1 }, 2]);
  expect(await events.end).toEqual({ reason: "complete" });
  expect(quirks).toEqual(["Q47"]);
});

it.each(['{"a":', "12"])("is truncated when the body ends within a text: %s", async (last) => {
  const { events, quirks } = open(`${rs}1\n${rs}${last}`);
  expect(await collect(events)).toEqual([1]);
  expect(await events.end).toEqual({ reason: "truncated" });
  expect(quirks).toEqual([]);
});

it("ends with its marker, and is truncated without it", async () => {
  const { events } = open(`${rs}1\n${rs}[DONE]\n${rs}2\n`, { sentinel: "[DONE]" });
  expect(await collect(events)).toEqual([1]);
  expect(await events.end).toEqual({ reason: "complete" });
  const cutOff = open(`${rs}1\n`, { sentinel: "[DONE]" }).events;
  await collect(cutOff);
  expect(await cutOff.end).toEqual({ reason: "truncated" });
});

it("fails with the error the server reports in the stream (Q39), and for its status", async () => {
  const error = '{"error":{"message":"No more tide"}}';
  const { events, quirks } = open(`${rs}${error}\n`);
  expect(await rejection(collect(events))).toMatchObject({ reason: "server", message: "No more tide" });
  expect(quirks).toEqual(["Q39"]);
  expect(await rejection(collect(open(error, { strict: true }).events))).toMatchObject({ reason: "server" });
  expect(await rejection(collect(open(error, {}, 503).events))).toMatchObject({
    message: "The server answered 503: No more tide",
  });
});

it("fails for a body that is no sequence, and for departures when it is strict", async () => {
  expect(await rejection(collect(open("<html>").events))).toMatchObject({ reason: "invalid-data" });
  const { events } = open(`1\n${rs}2\n`, { strict: true });
  expect(await rejection(collect(events))).toMatchObject({ reason: "quirk", code: "Q46" });
});
