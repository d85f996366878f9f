import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { opened } from "./opened.ts";

interface Sent {
  readonly line: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}
type Call = (client: unknown, ...values: readonly unknown[]) => Promise<unknown>;

/** What a server of its own got from calls of a client's functions; it answers each with `{}`. */
async function sentBy(yaml: string, call: (run: Call, client: unknown) => Promise<void>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    sent.push({ line: `${method} ${url}`, headers, body: await text(request) });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
  try {
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await opened(yaml, async (_index, { run, createClient }) =>
      call(run as Call, (createClient as (options: object) => unknown)({ baseURL })),
    );
    return sent;
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => void server.close(closed));
  }
}

const ok =
  "responses: { 200: { description: OK., content: { application/json: { schema: { type: object } } } } }";
const query = (...parameters: readonly string[]) =>
  `paths: { /things: { get: { operationId: run, parameters: [${parameters.join()}], ${ok} } } }`;
const form = (encoding: string) => `
paths:
  /things:
    post:
      operationId: run
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { id: { type: string }, address: { type: object }, rows: { type: array, items: { type: object } } } }
            encoding: ${encoding}
      ${ok}`;

test("an object in an urlencoded body is JSON text, as its media type is by default", async () => {
  const [sent] = await sentBy(form("{}"), async (run, client) => {
    await run(client, { id: "a b", address: { street: "Quay", number: 1 }, rows: [{ a: 1 }, { a: 2 }] });
  });
  expect([...new URLSearchParams(sent?.body)]).toEqual([
    ["id", "a b"],
    ["address", '{"street":"Quay","number":1}'],
    ["rows", '{"a":1}'],
    ["rows", '{"a":2}'],
  ]);
});

test("an object in an urlencoded body with a style is written in it, whatever its media type", async () => {
  const encoding = "{ address: { style: deepObject, explode: true, contentType: application/json } }";
  const [sent] = await sentBy(form(encoding), async (run, client) => {
    await run(client, { address: { street: "Quay", flat: { number: 1 } } });
  });
  expect([...new URLSearchParams(sent?.body)]).toEqual([
    ["address[street]", "Quay"],
    ["address[flat][number]", "1"],
  ]);
});

test("what is encoded already stays so where reserved characters are allowed", async () => {
  const [sent] = await sentBy(
    query("{ name: a, in: query, allowReserved: true, schema: {} }", "{ name: b, in: query, schema: {} }"),
    async (run, client) => void (await run(client, { a: "x%2Fy/%?&", b: "x%2Fy/" })),
  );
  expect(sent?.line).toBe("GET /things?a=x%2Fy/%25?%26&b=x%252Fy%2F");
});

test("of two parameters of one name only the one that is typed is sent", async () => {
  const [sent] = await sentBy(
    query(
      "{ name: id, in: header, schema: { type: boolean } }",
      "{ name: id, in: query, schema: { type: integer } }",
    ),
    async (run, client) => void (await run(client, { id: 5 })),
  );
  expect(sent?.line).toBe("GET /things?id=5");
  expect(sent?.headers).not.toHaveProperty("id");
});

test("parameters of JSON are JSON text in a query, and as it is in a header", async () => {
  const json = "content: { application/json: { schema: { type: object } } }";
  const [sent] = await sentBy(
    query(`{ name: filter, in: query, ${json} }`, `{ name: X-Filter, in: header, ${json} }`),
    async (run, client) => void (await run(client, { filter: { a: ["ü&"] }, "X-Filter": { b: 1 } })),
  );
  expect(sent?.line).toBe("GET /things?filter=%7B%22a%22%3A%5B%22%C3%BC%26%22%5D%7D");
  expect(sent?.headers).toMatchObject({ "x-filter": '{"b":1}' });
});

test("a QUERY request has its method and its body", async () => {
  const body = "requestBody: { content: { application/json: { schema: { type: object } } } }";
  const [sent] = await sentBy(
    `paths: { /things: { query: { operationId: run, ${body}, ${ok} } } }`,
    async (run, client) => void (await run(client, { a: 1 })),
  );
  expect(sent).toMatchObject({ line: "QUERY /things", body: '{"a":1}' });
});

test("an answer to HEAD is nothing, whatever is described", async () => {
  await sentBy(`paths: { /things: { head: { operationId: run, ${ok} } } }`, async (run, client) => {
    expect(await run(client)).toBe(undefined);
  });
});
