import { describe, expect, test } from "vitest";
import {
  EventStream,
  InvalidResponseError,
  jsonSequence,
  multipartMixed,
  type Operation,
  StreamError,
  type StreamFraming,
} from "../src/index.ts";
import { type Answerer, useServers } from "./fault-server.ts";
import { clientAt, errorOf } from "./service.ts";

const { serve } = useServers();

function operation(framing: StreamFraming, mediaType?: string): Operation {
  return {
    id: "watchShips",
    method: "GET",
    path: "/ships",
    retry: "safe",
    outcomes: [{ status: "200", kind: "stream", ...(mediaType !== undefined && { mediaType }) }],
    stream: { mode: "always", framing, item: "payload", type: EventStream },
  };
}

function answer(contentType: string | undefined, text: string): Answerer {
  return (response) =>
    response.writeHead(200, contentType === undefined ? {} : { "content-type": contentType }).end(text);
}

const part = '--b\r\nContent-Type: application/json\r\n\r\n{"n":1}\r\n--b--\r\n';

describe("an operation names its framing as a value", () => {
  test.each<[StreamFraming, string | undefined, string | undefined, string]>([
    [jsonSequence, "application/geo+json-seq", "application/json-seq", '\u001e{"n":1}\n'],
    [multipartMixed, undefined, 'multipart/mixed; boundary="b"', part],
    [jsonSequence, undefined, undefined, '\u001e{"n":1}\n'],
  ])("$0.name, declared as $1 and sent as $2", async (framing, declared, sent, text) => {
    const server = await serve(answer(sent, text));
    const call = clientAt(server.url).request<EventStream<{ n: number }>>(operation(framing, declared), {});
    const items: unknown[] = [];
    for await (const item of await call) items.push(item);
    expect(items).toEqual([{ n: 1 }]);
    expect(server.requests[0]?.headers.accept).toBe(`${declared ?? framing.mediaType}, application/json`);
  });
});

test.each([
  ["multipart/mixed", "its Content-Type (multipart/mixed) names no boundary of parts"],
  ["text/plain", "its Content-Type (text/plain) names no boundary of parts"],
  [undefined, "its Content-Type (none) names no boundary of parts"],
])("parts without a boundary in the type %s are an answer that can't be read", async (type, message) => {
  const server = await serve(answer(type, part));
  const failure = await errorOf(clientAt(server.url).request(operation(multipartMixed), {}));
  expect(failure).toBeInstanceOf(InvalidResponseError);
  expect(failure).toMatchObject({ message: expect.stringContaining(`, but ${message}`), rawBody: part });
});

test("one JSON body instead of parts says what it has to say", async () => {
  const server = await serve(answer("application/json", '{"error":{"message":"No more tide"}}'));
  const stream = await clientAt(server.url).request<EventStream<unknown>>(operation(multipartMixed), {});
  const failure = await errorOf(stream[Symbol.asyncIterator]().next());
  expect(failure).toBeInstanceOf(StreamError);
  expect(failure).toMatchObject({ message: "No more tide" });
});
