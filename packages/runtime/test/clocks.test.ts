import { describe, expect, test } from "vitest";
import { TimeoutError, UnknownOutcomeError } from "../src/index.ts";
import { failTwice, sendJSON, useServers } from "./fault-server.ts";
import { clientAt, createShip, failureOf, listShips } from "./service.ts";

const { serve } = useServers();

describe("stalls", () => {
  test("before the headers run into the response clock, once for costly operations", async () => {
    const server = await serve(() => {});
    const error = await failureOf(server.url, createShip, { timeout: { response: 1_000 } });
    expect(UnknownOutcomeError.is(error) && TimeoutError.is(error.cause)).toBe(true);
    expect(error).toMatchObject({ cause: { clock: "response", timeout: 1_000 } });
    expect(server.requests).toHaveLength(1);
    await server.left;
  });

  test("before the headers are tried again for safe operations", async () => {
    const server = await serve(failTwice(() => {}));
    expect(await clientAt(server.url, { timeout: { response: 1_000 } }).request(listShips, {})).toEqual({
      ok: true,
    });
    expect(server.requests).toHaveLength(3);
  });

  test("in the body run into the idle clock and let the connection go", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"half":');
    });
    const error = await failureOf(server.url, listShips, { timeout: { idle: 40 } });
    expect(error).toMatchObject({ name: "TimeoutError", clock: "idle", timeout: 40 });
    await server.left;
  });

  test("in the body of an error give the error with what came", async () => {
    const server = await serve((response) => {
      response.writeHead(400, { "content-type": "text/plain" });
      response.write("no such ship");
    });
    const error = await failureOf(server.url, listShips, { timeout: { idle: 40 } });
    expect(error).toMatchObject({ name: "BadRequestError", status: 400, body: "no such ship" });
    await server.left;
  });

  test("of a trickle are no stalls", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const pieces = ['{"a"', ":[1", ",2", ",3", "]}"];
      const timer = setInterval(() => {
        response.write(pieces.shift());
        if (pieces.length > 0) return;
        clearInterval(timer);
        response.end();
      }, 20);
    });
    expect(await clientAt(server.url, { timeout: { idle: 5000 } }).request(listShips, {})).toEqual({
      a: [1, 2, 3],
    });
  });

  test("of a trickle without end run into the total clock", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(timer));
    });
    const error = await failureOf(server.url, listShips, { timeout: { total: 1000 } });
    expect(error).toMatchObject({ name: "TimeoutError", clock: "total", timeout: 1000 });
    await server.left;
  });

  test("of an error's body that trickles without end don't hold the error up", async () => {
    const server = await serve((response) => {
      response.writeHead(400, { "content-type": "text/plain" });
      const timer = setInterval(() => response.write("no "), 5);
      response.on("close", () => clearInterval(timer));
    });
    const error = await failureOf(server.url, listShips, { timeout: { idle: 60 } });
    expect(error).toMatchObject({ name: "BadRequestError", status: 400 });
    await server.left;
  });
});

describe("a call that is given up", () => {
  test("before it starts sends nothing", async () => {
    const server = await serve((response) => sendJSON(response, 200, {}));
    const error = await failureOf(server.url, listShips, { signal: AbortSignal.abort("too late") });
    expect(error).toMatchObject({ name: "AbortError", cause: "too late" });
    expect(server.requests).toHaveLength(0);
  });

  test("while the caller's own function looks for the key", async () => {
    const client = clientAt("https://harbour.test", { apiKey: () => new Promise<string>(() => {}) });
    await expect(client.request(listShips, {}, { timeout: { total: 20 } })).rejects.toMatchObject({
      clock: "total",
    });
  });

  test("while the server is at work lets the connection go", async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    expect(await failureOf(server.url, listShips, { signal: controller.signal })).toMatchObject({
      name: "AbortError",
    });
    await server.left;
    expect(server.requests).toHaveLength(1);
  });

  test("during a wait ends the wait", async () => {
    const controller = new AbortController();
    const server = await serve((response) => {
      sendJSON(response, 503, {}, { "retry-after": "50" });
      setTimeout(() => controller.abort(), 20);
    });
    expect(await failureOf(server.url, listShips, { signal: controller.signal })).toMatchObject({
      name: "AbortError",
    });
    expect(server.requests).toHaveLength(1);
  });

  test("while the body comes lets the connection go", async () => {
    const controller = new AbortController();
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write("[1,");
      setTimeout(() => controller.abort(), 20);
    });
    expect(await failureOf(server.url, listShips, { signal: controller.signal })).toMatchObject({
      name: "AbortError",
    });
    await server.left;
  });

  test("by the total clock during a wait gives the server's error, not the clock's", async () => {
    const server = await serve((response) =>
      sendJSON(response, 503, { error: "busy" }, { "retry-after": "5" }),
    );
    const error = await failureOf(server.url, listShips, { timeout: { total: 1000 } });
    expect(error).toMatchObject({ name: "InternalServerError", status: 503, retryAfter: 5000 });
  });
});

test("the caller's signal keeps no listener of a finished call", async () => {
  const server = await serve((response, _, count) => sendJSON(response, count === 2 ? 404 : 200, {}));
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners += 1;
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners -= 1;
    removeEventListener.apply(signal, args);
  };
  const client = clientAt(server.url);
  await client.request(listShips, {}, { signal });
  await client.request(listShips, {}, { signal }).catch(() => {});
  await client
    .request(listShips, {}, { signal })
    .asResponse()
    .then((response) => response.text());
  expect(listeners).toBe(0);
});
