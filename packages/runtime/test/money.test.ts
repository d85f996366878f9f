import { createServer, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { ConnectionError, type Operation, UnknownOutcomeError } from "../src/index.ts";
import { failTwice, listen, sendJSON, unusedURL, useServers } from "./fault-server.ts";
import { clientAt, createShip, failureOf } from "./service.ts";

const { keep, serve } = useServers();

const create: Operation = { ...createShip, whenUnknown: "Look for it with findShipsByName." };
const okay = JSON.stringify({ ok: true });
const head = (length: number, status = "201 Created", more = "") =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more}\r\n`;

/** What a server does to a connection once it has so much of a request. */
interface Fault {
  readonly at: "connection" | "part" | "request";
  act(socket: Socket): void;
}

/** Before, during and after the answer. */
const faults: Readonly<Record<string, Fault>> = {
  "reset on connecting": { at: "connection", act: (socket) => socket.resetAndDestroy() },
  "closed on connecting": { at: "connection", act: (socket) => socket.destroy() },
  "reset within the request": { at: "part", act: (socket) => socket.resetAndDestroy() },
  "reset before the answer": { at: "request", act: (socket) => socket.resetAndDestroy() },
  "closed before the answer": { at: "request", act: (socket) => socket.destroy() },
  "ended before the answer": { at: "request", act: (socket) => socket.end() },
  "no HTTP": { at: "request", act: (socket) => socket.end("SSH-2.0\r\n") },
  silence: { at: "request", act: () => {} },
  "closed within the headers": {
    at: "request",
    act: (socket) => socket.write(head(okay.length).slice(0, 30), () => socket.destroy()),
  },
  "closed within the body": {
    at: "request",
    act: (socket) => socket.write(head(okay.length) + okay.slice(0, 4), () => socket.destroy()),
  },
  "silence within the body": {
    at: "request",
    act: (socket) => void socket.write(head(okay.length) + okay.slice(0, 4)),
  },
  "reset after the answer": {
    at: "request",
    act: (socket) => socket.write(head(okay.length) + okay, () => socket.resetAndDestroy()),
  },
  "closed after the answer": { at: "request", act: (socket) => void socket.end(head(okay.length) + okay) },
  "an answer": { at: "request", act: (socket) => void socket.write(head(okay.length) + okay) },
  "out of stock": {
    at: "request",
    act: (socket) => void socket.write(`${head(2, "500 Internal Server Error")}{}`),
  },
};

/** A server of bare sockets that does what it is told next, and counts how often each request reached it as a whole. */
async function startFaultyServer(next: () => Fault) {
  const reached = new Map<string, string[]>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    if (next().at === "connection") next().act(socket);
    let text = "";
    socket.on("data", (piece) => {
      const { at, act } = next();
      text += piece.toString("latin1");
      const [headers = "", body] = text.split("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(headers)?.[1]);
      if (body !== undefined && body.length >= length) {
        const key = /idempotency-key: (\S+)/i.exec(headers)?.[1] ?? "";
        reached.set(body, [...(reached.get(body) ?? []), key]);
        text = "";
      } else if (at === "request") return;
      act(socket);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    reached,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How a run can end where it doesn't end in an unknown outcome of a request that has arrived. */
const expected: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ["reset on connecting", "closed on connecting", "reset within the request", "silence"].map((fault) => [
      fault,
      // Whether all of it has arrived when the connection breaks, or the clock runs out, is a matter of luck, and the client can't tell.
      [
        "UnknownOutcomeError, 0 times reached",
        "UnknownOutcomeError, 1 times reached",
        "never sent, 0 times reached",
      ],
    ]),
  ),
  "reset after the answer": ["UnknownOutcomeError, 1 times reached", "done, 1 times reached"],
  "closed after the answer": ["done, 1 times reached"],
  "an answer": ["done, 1 times reached"],
  "out of stock": ["InternalServerError, 1 times reached"],
};

describe("over 200 runs with resets before, during and after the answer", () => {
  const names = Object.keys(faults);

  test("a costly call never reaches the server twice, and says what it knows", async () => {
    let run = 0;
    const server = keep(await startFaultyServer(() => faults[names[run % names.length]!]!));
    const client = clientAt(server.url);
    const seen = new Map<string, Set<string>>();
    for (run = 0; run < 200; run += 1) {
      const fault = names[run % names.length]!;
      const body = { run };
      const timeout = fault.startsWith("silence") ? 100 : 10_000;
      const outcome = await client.request(create, { body }, { timeout }).then(
        () => "done",
        (error: Error) => (ConnectionError.is(error) && error.neverSent ? "never sent" : error.name),
      );
      const count = server.reached.get(JSON.stringify(body))?.length ?? 0;
      seen.set(fault, (seen.get(fault) ?? new Set()).add(`${outcome}, ${count} times reached`));
      expect([fault, outcome, count <= 1]).toEqual([fault, outcome, true]);
    }
    for (const [fault, outcomes] of seen) {
      const allowed = expected[fault] ?? ["UnknownOutcomeError, 1 times reached"];
      for (const outcome of outcomes) expect([fault, ...allowed]).toContain(outcome);
    }
    expect(server.reached.size).toBeGreaterThan(100);
  }, 60_000);
});

describe("an unknown outcome", () => {
  test("tells what was asked, why nobody knows, and how to find out", async () => {
    const server = await serve((response) => response.socket?.destroy());
    const error = await failureOf(server.url, create, { idempotencyKey: "once-1" });
    if (!UnknownOutcomeError.is(error)) throw error;
    expect(error).toMatchObject({
      operation: "createShip",
      hint: "Look for it with findShipsByName.",
      idempotencyKey: "once-1",
      cause: { name: "ConnectionError", neverSent: false, attempts: 1 },
    });
    expect(error.message).toMatch(
      /^createShip was sent, and may have been done and paid for, but its answer didn't come: No answer to POST .*\. Look for it with findShipsByName\.$/,
    );
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      operation: "createShip",
      idempotencyKey: "once-1",
    });
  });

  test("is one of the results, not a mistake", async () => {
    const server = await serve((response) => response.socket?.destroy());
    const result = await clientAt(server.url).request(create, { body: {} }).result();
    expect(result).toMatchObject({ ok: false, status: undefined, error: { name: "UnknownOutcomeError" } });
  });

  test("names no key that wasn't sent", async () => {
    const server = await serve((response) => response.socket?.destroy());
    const headers = { "Idempotency-Key": null };
    const client = { idempotencyHeader: "Idempotency-Key" };
    expect(await failureOf(server.url, create, { client, headers })).toMatchObject({
      name: "UnknownOutcomeError",
      idempotencyKey: undefined,
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ["response", { response: 60 }],
    ["total", { total: 60 }],
  ])("comes of the %s clock", async (clock, timeout) => {
    const server = await serve(() => {});
    let sent = 0;
    const counting: typeof fetch = (...request) => {
      sent += 1;
      return fetch(...request);
    };
    expect(await failureOf(server.url, create, { client: { fetch: counting }, timeout })).toMatchObject({
      name: "UnknownOutcomeError",
      cause: { name: "TimeoutError", clock },
    });
    expect(sent).toBe(1);
  });

  test.each([
    ["idle", { idle: 60 }],
    ["total", { total: 60 }],
  ])("comes of the %s clock within the answer", async (clock, timeout) => {
    const server = await serve((response) => {
      response.writeHead(201, { "content-type": "application/json" });
      response.write('{"half":');
    });
    expect(await failureOf(server.url, create, { timeout })).toMatchObject({
      name: "UnknownOutcomeError",
      cause: { name: "TimeoutError", clock },
    });
  });

  test("stays one when a repetition can't even be sent", async () => {
    const answers = [{ code: "ECONNRESET" }, { code: "ECONNREFUSED" }, { code: "ECONNREFUSED" }];
    const fetch = async () => {
      throw Object.assign(new Error("gone"), answers.shift());
    };
    const client = { fetch, idempotencyHeader: "Idempotency-Key" };
    expect(await failureOf("https://harbour.test", create, { client })).toMatchObject({
      name: "UnknownOutcomeError",
      cause: { name: "ConnectionError", neverSent: true },
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(answers).toEqual([]);
  });
});

describe("what is certain stays what it is", () => {
  test("a server that was never reached", async () => {
    const error = await failureOf(await unusedURL(), create);
    expect(ConnectionError.is(error) && error.neverSent).toBe(true);
    expect(error).toMatchObject({ attempts: 3 });
  });

  test("the end of the time before anything was sent", async () => {
    const wait = () => new Promise<never>(() => {});
    const client = { middleware: [wait] };
    expect(await failureOf("https://harbour.test", create, { client, timeout: { total: 30 } })).toMatchObject(
      {
        name: "TimeoutError",
        clock: "total",
      },
    );
  });

  test("an operation that can be repeated", async () => {
    const server = await serve((response) => response.socket?.destroy());
    const error = await failureOf(server.url, { ...create, retry: "idempotent" }, { maxRetries: 0 });
    expect(error.name).toBe("ConnectionError");
  });

  test("a caller who gives up", async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    expect(await failureOf(server.url, create, { signal: controller.signal })).toMatchObject({
      name: "AbortError",
    });
  });

  test("an answer of out of stock, which is given once", async () => {
    const body = { error: { code: "internal", message: "This SKU is no longer available" } };
    const server = await serve((response) => sendJSON(response, 500, body));
    expect(await failureOf(server.url, create)).toMatchObject({
      name: "InternalServerError",
      code: "internal",
    });
    expect(server.requests).toHaveLength(1);
  });
});

test("an idempotency key is the same on every attempt of a call", async () => {
  const server = await serve(failTwice((response) => response.socket?.destroy()));
  const client = clientAt(server.url, { idempotencyHeader: "X-Once" });
  expect(await client.request(create, { body: {} })).toEqual({ ok: true });
  const keys = server.requests.map(({ headers }) => headers["x-once"]);
  expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
});

test("a costly call that the server would recognise is repeated under one key, and its outcome can stay unknown", async () => {
  const server = await serve((response) => response.socket?.destroy());
  const client = { idempotencyHeader: "X-Once" };
  const error = await failureOf(server.url, create, { client });
  const keys = server.requests.map(({ headers }) => headers["x-once"]);
  expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
  expect(error).toMatchObject({ name: "UnknownOutcomeError", idempotencyKey: keys[0] });
});
