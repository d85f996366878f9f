import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  APIError,
  ConnectionError,
  InternalServerError,
  InvalidResponseError,
  type Middleware,
  RateLimitError,
} from "../src/index.ts";
import { failTwice, sendJSON, startSocketServer, unusedURL, useServers } from "./fault-server.ts";
import { clientAt, createShip, failureOf, getShip, listShips, replaceShip } from "./service.ts";

const { keep, serve } = useServers();

const soon = { "retry-after-ms": "1" };

describe("a refused connection", () => {
  test("is a ConnectionError that says so and counts its attempts", async () => {
    const error = await failureOf(await unusedURL(), listShips);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: "ECONNREFUSED", neverSent: true, attempts: 3 });
    expect(error.message).toMatch(/^No answer to GET http:\/\/127\.0\.0\.1:\d+\/ships: .*ECONNREFUSED/);
  });

  test("is tried again for costly operations too", async () => {
    const error = await failureOf(await unusedURL(), createShip, { maxRetries: 1 });
    expect(error).toMatchObject({ attempts: 2 });
  });
});

describe("a name that doesn't resolve", () => {
  test("is a ConnectionError that certainly sent nothing", async () => {
    const error = await failureOf("http://no-such-host.invalid", createShip, { maxRetries: 0 });
    expect(error).toMatchObject({ name: "ConnectionError", neverSent: true });
  });
});

describe("a connection reset before the headers", () => {
  test("is tried again for safe and idempotent operations", async () => {
    const server = await serve(failTwice((response) => response.socket?.destroy()));
    expect(await clientAt(server.url).request(listShips, {})).toEqual({ ok: true });
    expect(server.requests).toHaveLength(3);
    const other = await serve(failTwice((response) => response.socket?.destroy()));
    expect(await clientAt(other.url).request(replaceShip, { body: { a: 1 } })).toEqual({ ok: true });
    expect(other.requests.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
  });

  test("reaches the server once for costly operations", async () => {
    const server = await serve((response) => response.socket?.destroy());
    const error = await failureOf(server.url, createShip);
    expect(error).toMatchObject({
      name: "UnknownOutcomeError",
      operation: "createShip",
      cause: { name: "ConnectionError", neverSent: false, attempts: 1 },
    });
    expect(server.requests).toHaveLength(1);
  });

  test("with bytes that are no HTTP is a ConnectionError", async () => {
    const server = await startSocketServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    keep(server);
    expect(await failureOf(server.url, replaceShip, { maxRetries: 0 })).toMatchObject({
      name: "ConnectionError",
      neverSent: false,
    });
    expect(await failureOf(server.url, createShip)).toMatchObject({ cause: { name: "ConnectionError" } });
    expect(server.count()).toBe(2);
  });
});

describe("a connection reset in the middle of the body", () => {
  test("is a ConnectionError that says how far it came", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"half":');
      setTimeout(() => response.socket?.destroy(), 20);
    });
    const error = await failureOf(server.url, listShips);
    expect(error.name).toBe("ConnectionError");
    expect(error.message).toMatch(/^The connection was lost after 8 bytes of the answer to GET /);
  });

  test("keeps an error answer what it is", async () => {
    const server = await serve((response) => {
      response.writeHead(422, { "content-type": "text/plain", "content-length": "1000" });
      response.write("size is wrong");
      setTimeout(() => response.socket?.destroy(), 20);
    });
    const error = await failureOf(server.url, listShips);
    expect(error).toMatchObject({ name: "UnprocessableEntityError", rawBody: "size is wrong" });
  });
});

describe("429", () => {
  const forms: [name: string, headers: () => Record<string, string>][] = [
    ["Retry-After in seconds", () => ({ "retry-after": "0.01" })],
    ["Retry-After as a date", () => ({ "retry-after": new Date(Date.now() + 20).toUTCString() })],
    ["retry-after-ms", () => ({ "retry-after-ms": "5" })],
  ];
  test.each(forms)("is tried again after %s, for costly operations too", async (_, headers) => {
    const server = await serve(failTwice((response) => sendJSON(response, 429, {}, headers())));
    const { data, attempts } = await clientAt(server.url).request(createShip, { body: {} }).withResponse();
    expect({ data, attempts }).toEqual({ data: { ok: true }, attempts: 3 });
    expect(server.requests).toHaveLength(3);
  });

  test("without a wait reaches the server once for costly operations", async () => {
    const server = await serve((response) => sendJSON(response, 429, { error: "slow down" }));
    const error = await failureOf(server.url, createShip);
    expect(RateLimitError.is(error)).toBe(true);
    expect(error).toMatchObject({ attempts: 1, retryAfter: undefined });
    expect(server.requests).toHaveLength(1);
  });

  test("with a wait longer than allowed is given at once, with the wait and the limits", async () => {
    const server = await serve((response) =>
      sendJSON(
        response,
        429,
        { error: { message: "Quota", code: "rate_limited" } },
        {
          "retry-after": "3600",
          "x-ratelimit-limit": "60",
          "x-ratelimit-remaining": "0",
          "x-request-id": "req_7",
        },
      ),
    );
    const error = await failureOf(server.url, listShips);
    expect(error).toMatchObject({
      name: "RateLimitError",
      retryAfter: 3_600_000,
      code: "rate_limited",
      requestId: "req_7",
      rateLimit: { limit: 60, remaining: 0 },
      attempts: 1,
    });
    expect(server.requests).toHaveLength(1);
  });

  test("the server doesn't want repeated is given at once", async () => {
    const server = await serve((response) => sendJSON(response, 429, {}, { "x-should-retry": "false" }));
    await failureOf(server.url, listShips);
    expect(server.requests).toHaveLength(1);
  });
});

describe("failing servers", () => {
  test("are tried again for safe operations", async () => {
    for (const status of [408, 500, 502, 503, 504]) {
      const server = await serve(failTwice((response) => sendJSON(response, status, {}, soon)));
      expect(await clientAt(server.url).request(listShips, {})).toEqual({ ok: true });
    }
  });

  test("see a costly request once", async () => {
    for (const status of [408, 500, 502, 504]) {
      const server = await serve((response) => sendJSON(response, status, {}, soon));
      expect(await failureOf(server.url, createShip)).toMatchObject({ status, attempts: 1 });
      expect(server.requests).toHaveLength(1);
    }
  });

  test("see a costly request again when they ask for it", async () => {
    const server = await serve(
      failTwice((response) => sendJSON(response, 500, {}, { ...soon, "x-should-retry": "true" })),
    );
    expect(await clientAt(server.url).request(createShip, { body: {} })).toEqual({ ok: true });
  });

  test("that answer with a page give an error with the page's words", async () => {
    const page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    const server = await serve((response) => {
      response.writeHead(502, { "content-type": "text/html" });
      response.end(page);
    });
    const error = await failureOf(server.url, listShips, { maxRetries: 0 });
    expect(InternalServerError.is(error)).toBe(true);
    expect(error).toMatchObject({ status: 502, rawBody: page, body: page });
    expect(error.message).toBe(`502 Bad Gateway from GET ${server.url}/ships: 502 Bad Gateway (a page)`);
  });

  test("that answer with nothing give an error that says where it came from", async () => {
    const server = await serve((response) => {
      response.writeHead(500);
      response.end();
    });
    const error = await failureOf(server.url, listShips, { maxRetries: 0 });
    expect(error).toMatchObject({ status: 500, body: undefined, rawBody: "" });
    expect(error.message).toBe(
      `500 Internal Server Error from GET ${server.url}/ships (the answer had no body)`,
    );
  });

  test("that answer with a page and a status of success give an InvalidResponseError that keeps it", async () => {
    const page = `<!doctype html><title>Log in</title>${"x".repeat(50_000)}`;
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(page);
    });
    const error = (await failureOf(server.url, listShips)) as InvalidResponseError;
    expect(InvalidResponseError.is(error)).toBe(true);
    expect(error.rawBody).toBe(page.slice(0, 16_384));
  });

  test("that answer with broken JSON give an InvalidResponseError that keeps it", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"half":');
    });
    expect(await failureOf(server.url, listShips)).toMatchObject({
      name: "InvalidResponseError",
      status: 200,
      rawBody: '{"half":',
    });
  });

  test("that answer with an error and a status of success give an APIError", async () => {
    const server = await serve((response) =>
      sendJSON(response, 200, { error: { message: "Worker died", code: 500 } }),
    );
    const error = await failureOf(server.url, listShips);
    expect(APIError.is(error)).toBe(true);
    expect(error).toMatchObject({ status: 200, code: "500" });
    expect(error.message).toContain("Worker died");
  });
});

describe("an answer that is not used", () => {
  const once = { status: 503, headers: { "retry-after-ms": "1" } };

  test("is given up before the request is repeated", async () => {
    let cancelled = 0;
    const first = new Response(
      new ReadableStream({
        cancel() {
          cancelled += 1;
        },
      }),
      once,
    );
    const answers = [first, Response.json({ ok: true })];
    const client = clientAt("https://harbour.test", { fetch: async () => answers.shift()! });
    expect(await client.request(listShips, {})).toEqual({ ok: true });
    expect(cancelled).toBe(1);
  });

  test("doesn't stop the repetition when a middleware has read it", async () => {
    const answers = [new Response("busy", once), Response.json({ ok: true })];
    const client = clientAt("https://harbour.test", { fetch: async () => answers.shift()! });
    const look: Middleware = async (request, next) => {
      const response = await next(request);
      response.body?.getReader();
      return response.status === 503 ? response : Response.json({ ok: true });
    };
    expect(await client.request(listShips, {}, { middleware: [look] })).toEqual({ ok: true });
  });
});

test("a compressed answer is read", async () => {
  const server = await serve((response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(JSON.stringify({ name: "Vega" })));
  });
  expect(await clientAt(server.url).request(getShip, { path: { id: "a" } })).toEqual({ name: "Vega" });
});
