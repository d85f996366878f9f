import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { createClient, EventStream, type Middleware, type MiddlewareContext } from "../src/index.ts";
import { sendJSON, useServers } from "./fault-server.ts";
import { apiKey, clientAt, createShip, listShips, service } from "./service.ts";

const { serve } = useServers();

describe("middleware", () => {
  test("of the client stands outside that of the call, in the order of the lists", async () => {
    const server = await serve();
    const seen: string[] = [];
    const named =
      (name: string): Middleware =>
      async (request, next) => {
        seen.push(`${name} in`);
        const response = await next(request);
        seen.push(`${name} out`);
        return response;
      };
    await clientAt(server.url, { middleware: [named("a"), named("b")] }).request(
      listShips,
      {},
      { middleware: [named("c")] },
    );
    expect(seen).toEqual(["a in", "b in", "c in", "c out", "b out", "a out"]);
  });

  test("sees every attempt, and responses of every status", async () => {
    const server = await serve((response, _, count) =>
      sendJSON(response, count === 1 ? 503 : 200, {}, { "retry-after-ms": "1" }),
    );
    const seen: [attempt: number, status: number][] = [];
    const contexts: MiddlewareContext[] = [];
    await clientAt(server.url).request(
      listShips,
      {},
      {
        middleware: [
          async (request, next, context) => {
            contexts.push(context);
            const response = await next(request);
            seen.push([context.attempt, response.status]);
            return response;
          },
        ],
      },
    );
    expect(seen).toEqual([
      [1, 503],
      [2, 200],
    ]);
    expect(contexts[0]).toMatchObject({
      service,
      operation: listShips,
      maxRetries: 2,
      idempotencyKey: undefined,
    });
  });

  test("can read the body and doesn't use it up for the next attempt", async () => {
    const server = await serve((response, _, count) =>
      sendJSON(response, count === 1 ? 503 : 200, {}, { "retry-after-ms": "1" }),
    );
    const bodies: string[] = [];
    await clientAt(server.url).request(
      createShip,
      { body: { a: 1 } },
      {
        middleware: [
          async (request, next) => {
            bodies.push(await request.clone().text());
            return next(request);
          },
        ],
      },
    );
    expect(bodies).toEqual(['{"a":1}', '{"a":1}']);
    expect(server.requests.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
  });

  test("can answer by itself", async () => {
    const client = clientAt("https://harbour.test", { middleware: [() => Response.json({ from: "cache" })] });
    expect(await client.request(listShips, {})).toEqual({ from: "cache" });
  });

  test("throws to the caller, once, and result() throws it too", async () => {
    let calls = 0;
    const middleware: Middleware[] = [
      () => {
        calls += 1;
        throw new RangeError("mine");
      },
    ];
    const promise = clientAt("https://harbour.test").request(listShips, {}, { middleware });
    await expect(promise).rejects.toThrow(new RangeError("mine"));
    await expect(promise.result()).rejects.toThrow(RangeError);
    expect(calls).toBe(1);
  });

  test("that gives something else than a response is named as a mistake", async () => {
    const middleware = [() => undefined as never];
    await expect(
      clientAt("https://harbour.test").request(listShips, {}, { middleware }),
    ).rejects.toMatchObject({
      name: "InvalidRequestError",
      message: "A middleware returned something else than a Response.",
    });
  });

  test("that uses up an answer leaves nothing of the call on the caller's signal", async () => {
    const server = await serve();
    const read: Middleware = async (request, next) => {
      const response = await next(request);
      await response.text();
      return response;
    };
    const client = clientAt(server.url, { middleware: [read] });
    const { signal } = new AbortController();
    const stream = {
      mode: "always",
      framing: "server-sent-events",
      item: "payload",
      type: EventStream,
    } as const;
    const watched = client.request({ ...listShips, stream }, {}, { signal });
    await expect(watched).rejects.toThrow("A middleware has read the answer to GET");
    const taken = client.request(listShips, {}, { signal }).asResponse();
    await expect(taken).rejects.toThrow("A middleware has read the answer to GET");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("that uses up an answer is named as a mistake, and doesn't hide an error of the server's", async () => {
    const read: Middleware = async (request, next) => {
      const response = await next(request);
      await response.text();
      return response;
    };
    const server = await serve((response, _, count) => sendJSON(response, count === 1 ? 200 : 404, {}));
    const client = clientAt(server.url, { middleware: [read] });
    await expect(client.request(listShips, {})).rejects.toThrow("A middleware has read the answer to GET");
    await expect(client.request(listShips, {})).rejects.toMatchObject({ name: "NotFoundError" });
  });

  test("that ignores the signal doesn't hold the call up", async () => {
    const middleware: Middleware[] = [() => new Promise(() => {})];
    const client = clientAt("https://harbour.test", { middleware, timeout: { response: 20 }, maxRetries: 0 });
    await expect(client.request(listShips, {})).rejects.toMatchObject({
      name: "TimeoutError",
      clock: "response",
    });
  });

  test("sees no key, and the key goes to the configured origin only", async () => {
    const server = await serve();
    const other = await serve();
    const seen: (string | null)[] = [];
    const client = clientAt(server.url);
    const look: Middleware = (request, next) => {
      seen.push(request.headers.get("authorization"));
      return next(request);
    };
    await client.request(listShips, {}, { middleware: [look] });
    await client.request(
      listShips,
      {},
      { middleware: [look, (request, next) => next(new Request(other.url, request))] },
    );
    expect(seen).toEqual([null, null]);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(other.requests[0]?.headers.authorization).toBeUndefined();
  });

  test("can send a key of its own", async () => {
    const server = await serve();
    const middleware: Middleware[] = [
      (request, next) => {
        request.headers.set("authorization", "Bearer mine");
        return next(request);
      },
    ];
    await clientAt(server.url).request(listShips, {}, { middleware });
    expect(server.requests[0]?.headers.authorization).toBe("Bearer mine");
  });
});

test("a client made with other options keeps the rest", async () => {
  const server = await serve();
  const first = createClient(service, {
    baseURL: server.url,
    apiKey,
    headers: { "x-a": "1" },
    query: { q: 1 },
  });
  const second = first.withOptions({ headers: { "x-b": "2" }, maxRetries: 0 });
  await second.request(listShips, {});
  expect(server.requests[0]).toMatchObject({
    url: "/ships?q=1",
    headers: { "x-a": "1", "x-b": "2", authorization: `Bearer ${apiKey}` },
  });
});
