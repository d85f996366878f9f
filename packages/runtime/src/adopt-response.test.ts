import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { clientAt, createShip, getShip } from "../test/service.ts";
import { BinaryResponse } from "./binary-answer.ts";
import { InvalidRequestError } from "./errors.ts";

/** An answer as `node-fetch` gives it: of another class, its body a Node stream. */
function nodeAnswer(text: string, init: ResponseInit = {}): Response {
  const { status, statusText, headers, ok } = new Response(null, init);
  return {
    status,
    statusText,
    headers,
    ok,
    url: "http://a/",
    body: Readable.from([text]),
  } as unknown as Response;
}

const call = (...answers: unknown[]) => {
  const left = [...answers];
  const client = clientAt("http://127.0.0.1:9", { fetch: async () => left.shift() as Response });
  return client.request<unknown>(getShip, { path: { id: "vega" } });
};

describe("an answer of another class, with a Node stream as its body,", () => {
  test("is read as JSON", async () => {
    expect(await call(nodeAnswer('{"name":"Vega"}'))).toEqual({ name: "Vega" });
  });

  test("keeps what the server said of an error", async () => {
    const answer = nodeAnswer('{"error":{"message":"Not yours"}}', { status: 403 });
    await expect(call(answer)).rejects.toThrow("Not yours");
  });

  test("is given up before a repetition", async () => {
    const busy = nodeAnswer("busy", { status: 503, headers: { "retry-after-ms": "1" } });
    expect(await call(busy, nodeAnswer("{}"))).toEqual({});
    expect((busy.body as unknown as Readable).destroyed).toBe(true);
  });

  test("is read as a file", async () => {
    const client = clientAt("http://127.0.0.1:9", { fetch: async () => nodeAnswer("bytes") });
    const download = {
      ...getShip,
      outcomes: [{ status: "200", kind: "binary" as const, type: BinaryResponse }],
    };
    const file = await client.request<BinaryResponse>(download, { path: { id: "vega" } });
    expect(file).toBeInstanceOf(BinaryResponse);
    expect(await (await file.blob()).text()).toBe("bytes");
  });

  test("may have a status without a body", async () => {
    expect(await call(nodeAnswer("", { status: 204 }))).toBeUndefined();
  });
});

test("an answer without a stream is read by its own means", async () => {
  const answer = {
    status: 200,
    ok: true,
    headers: new Headers(),
    arrayBuffer: async () => new TextEncoder().encode("{}").buffer,
  };
  expect(await call(answer)).toEqual({});
});

test("a fetch that returns nothing is a mistake of the program", async () => {
  const client = clientAt("http://127.0.0.1:9", { fetch: async () => undefined as unknown as Response });
  const failure = client.request(createShip, { body: {} }).result();
  await expect(failure).rejects.toSatisfy((error) => InvalidRequestError.is(error));
});
