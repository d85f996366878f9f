import { inspect } from "node:util";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import {
  type CreateAndWaitOptions,
  type Creation,
  createAndWait,
  creationOf,
  InvalidRequestError,
  type Operation,
} from "../src/index.ts";
import { type Answerer, sendJSON, useServers } from "./fault-server.ts";
import { clientAt, createShip, errorOf, listShips } from "./service.ts";
import { answer, creation, make, type Ship, seen, type Yard, yardOf } from "./shipyard.ts";

const { serve } = useServers();

const sinking = { poll: answer({ id: "vega", status: "sunk" }) };

describe("a creation", () => {
  test("is waited for, and told of first", async () => {
    const server = await serve(yardOf({}));
    const told: string[] = [];
    const ship = await make(server.url, {
      onCreated: ({ id, status }) => void told.push(`${id} ${status}`),
      onProgress: ({ state }) => void told.push(String(state)),
    });
    expectTypeOf(ship).toEqualTypeOf<Ship>();
    expect(ship).toEqual({ id: "vega", status: "afloat" });
    expect(told).toEqual(["vega building", "afloat"]);
    expect(seen(server)).toEqual(["POST /ships", "GET /ships/vega"]);
  });

  test("has its parameters at the polls too, and its idempotency key alone", async () => {
    const server = await serve(yardOf({}));
    await make(server.url, {
      params: { port: "north" },
      idempotencyKey: "once-1",
      headers: { "x-team": "a" },
    });
    expect(seen(server)).toEqual(["POST /ships?port=north", "GET /ships/vega?port=north"]);
    expect(server.requests.map(({ headers }) => [headers["idempotency-key"], headers["x-team"]])).toEqual([
      ["once-1", "a"],
      [undefined, "a"],
    ]);
  });

  test("has one idempotency key, which its removal doesn't share", async () => {
    const server = await serve(yardOf(sinking));
    const client = clientAt(server.url, { idempotencyHeader: "Idempotency-Key" });
    await errorOf(createAndWait(client, creation, {}, { terminateOnFailure: true }));
    const [created, polled, removed] = server.requests.map(({ headers }) => headers["idempotency-key"]);
    expect(created).toMatch(/^[0-9a-f-]{36}$/);
    expect(polled).toBeUndefined();
    expect(removed).not.toBe(created);
  });

  test("may have a number for its id, and a query parameter that takes it", async () => {
    const server = await serve(yardOf({ create: answer({ id: 7 }) }));
    const poll: Operation = { ...listShips, parameters: [{ name: "ship_id", in: "query", required: true }] };
    await make(server.url, {}, { waiter: { ...creation.waiter, poll }, parameter: "ship_id" });
    expect(seen(server)).toEqual(["POST /ships", "GET /ships?ship_id=7"]);
  });

  test("that is refused is not waited for", async () => {
    const server = await serve(yardOf({ create: answer({ error: { message: "Docks full" } }, 500) }));
    const error = await errorOf(make(server.url, { terminateOnFailure: true }));
    expect(error).toMatchObject({ name: "InternalServerError" });
    expect(creationOf(error)).toBeUndefined();
    expect(seen(server)).toEqual(["POST /ships"]);
  });

  test("whose outcome is unknown is neither waited for nor undone", async () => {
    const server = await serve(yardOf({ create: (response) => response.socket?.destroy() }));
    const error = await errorOf(make(server.url, { terminateOnFailure: true }));
    expect(error).toMatchObject({ name: "UnknownOutcomeError", operation: "createShip" });
    expect(seen(server)).toEqual(["POST /ships"]);
  });

  test("without an id is an error that says so", async () => {
    const server = await serve(yardOf({ create: answer({ name: "Vega" }) }));
    expect(await errorOf(make(server.url))).toMatchObject({
      name: "InvalidResponseError",
      message: expect.stringContaining('its answer has no id at "/id"'),
      rawBody: '{"name":"Vega"}',
    });
  });

  test("that only shows its request sends nothing", async () => {
    const server = await serve(yardOf({}));
    const error = await errorOf(make(server.url, { dryRun: true, maxCostPerHour: 1 }, {}, { name: "Vega" }));
    expect(error).toMatchObject({ name: "DryRunError", request: { method: "POST", body: { name: "Vega" } } });
    expect(server.requests).toEqual([]);
  });

  const mistakes: [
    name: string,
    options: CreateAndWaitOptions<Ship, Ship>,
    change: Partial<Creation>,
    message: string,
  ][] = [
    ["nothing to undo with", { terminateOnFailure: true }, { undo: undefined as never }, "can't be undone"],
    ["no price", { maxCostPerHour: 5 }, { create: createShip }, "createShip has no price"],
    ["a limit that can't be", { maxCostPerHour: Number.NaN }, {}, "The option maxCostPerHour has NaN"],
    ["a limit nobody knows", { maxCostPerhour: 2 } as object, {}, "the nearest is maxCostPerHour"],
    [
      "an option of a call alone",
      { extraBody: {} } as object,
      {},
      'no option "extraBody"; it is one of a single',
    ],
    ["a deadline that can't be", { timeout: -1 }, {}, "The option timeout has -1"],
    [
      "a word for true",
      { terminateOnFailure: "yes" } as object,
      {},
      "terminateOnFailure takes true or false",
    ],
    ["a dry run that wouldn't be one", { dryRun: 1 } as object, {}, "dryRun takes true or false"],
    ["a callback that is none", { onCreated: "log" } as object, {}, "onCreated takes a function"],
    ["a delay nobody knows", { delay: { minimun: 5 } } as object, {}, "the nearest is minimum"],
    ["a delay that is a figure", { delay: 5 } as object, {}, "The option delay was given a number"],
  ];
  test.each(mistakes)("isn't sent with %s", async (_, options, change, message) => {
    const server = await serve(yardOf({}));
    const error = await errorOf(make(server.url, options, change));
    expect(InvalidRequestError.is(error)).toBe(true);
    expect(error.message).toContain(message);
    expect(server.requests).toEqual([]);
  });
});

describe("what was created before a failure", () => {
  test("stays and is named, unless it is to be removed", async () => {
    const server = await serve(yardOf(sinking));
    const error = await errorOf(make(server.url));
    expect(error).toMatchObject({ name: "WaiterFailureError", gone: false });
    expect(error.message).toMatch(/vega was created and is still there\.$/);
    expect(creationOf(error)).toMatchObject({
      id: "vega",
      created: { status: "building" },
      terminated: undefined,
    });
    expect(seen(server)).toEqual(["POST /ships", "GET /ships/vega"]);
  });

  const ends: [name: string, poll: Answerer][] = [
    ["a state says so", answer({ id: "vega", status: "scrapped" })],
    ["its status does", answer({ error: "Gone" }, 410)],
  ];
  test.each(ends)("is told to be gone, and isn't removed, where %s", async (_, poll) => {
    const server = await serve(yardOf({ poll, remove: answer({ error: "It is gone" }, 409) }));
    for (const terminateOnFailure of [false, true]) {
      const error = await errorOf(make(server.url, { terminateOnFailure }));
      expect(error).toMatchObject({ name: "WaiterFailureError", gone: true });
      expect(error.message).toMatch(/vega was created and isn't there any more\.$/);
      expect(creationOf(error)).toMatchObject({ id: "vega", terminated: true, gone: true });
    }
    expect(seen(server)).not.toContain("DELETE /ships/vega");
  });

  test("is removed when that is asked for, and the error tells it", async () => {
    const server = await serve(yardOf(sinking));
    const error = await errorOf(make(server.url, { terminateOnFailure: true }));
    expect(error).toMatchObject({ name: "WaiterFailureError", state: "sunk" });
    expect(inspect(error)).toContain("vega was created and removed again.");
    expect(creationOf(error)?.terminated).toBe(true);
    expect(seen(server)).toEqual(["POST /ships", "GET /ships/vega", "DELETE /ships/vega"]);
  });

  const endings: [name: string, yard: Yard, options: CreateAndWaitOptions<Ship, Ship>, error: string][] = [
    ["the deadline", { poll: answer({ status: "building" }) }, { timeout: 40 }, "WaiterTimeoutError"],
    ["an error of a poll", { poll: answer({ error: "No" }, 403) }, {}, "PermissionDeniedError"],
    ["a lost connection", { poll: (response) => response.socket?.destroy() }, {}, "ConnectionError"],
  ];
  test.each(endings)("is removed after %s", async (_, yard, options, name) => {
    const server = await serve(yardOf(yard));
    const error = await errorOf(make(server.url, { ...options, terminateOnFailure: true }));
    expect([error.name, creationOf(error)?.terminated]).toEqual([name, true]);
    // A poll that was cut off may arrive behind it.
    expect(seen(server)).toContain("DELETE /ships/vega");
  });

  test("is removed when the caller gives up while waiting", async () => {
    const controller = new AbortController();
    const server = await serve(
      yardOf({
        poll: (response) => {
          sendJSON(response, 200, { status: "building" });
          controller.abort("enough");
        },
      }),
    );
    const options = { signal: controller.signal, terminateOnFailure: true };
    const error = await errorOf(make(server.url, options));
    expect(error).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(error.message).toContain("vega was created and removed again.");
    expect(seen(server)).toEqual(["POST /ships", "GET /ships/vega", "DELETE /ships/vega"]);
  });

  test("is removed when the caller gives up while it is being created", async () => {
    const controller = new AbortController();
    const server = await serve(
      yardOf({
        create: (response) => {
          controller.abort("enough");
          setTimeout(() => sendJSON(response, 201, { id: "vega" }), 30);
        },
      }),
    );
    const error = await errorOf(make(server.url, { signal: controller.signal, terminateOnFailure: true }));
    expect(error).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(creationOf(error)).toMatchObject({ id: "vega", terminated: true });
    expect(seen(server)).toEqual(["POST /ships", "DELETE /ships/vega"]);
  });

  test("is an unknown outcome when the caller gives up and the creation isn't answered for long", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const controller = new AbortController();
      const fetch = async (request: RequestInfo | URL) => {
        controller.abort("enough");
        return new Promise<never>((_, reject) => {
          (request as Request).signal.addEventListener("abort", () => reject(new Error("left")));
        });
      };
      const client = clientAt("https://harbour.test", { fetch });
      const options = { signal: controller.signal, terminateOnFailure: true, idempotencyKey: "once-1" };
      const failing = errorOf(createAndWait(client, creation, {}, options));
      await vi.advanceTimersByTimeAsync(29_000);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await failing).toMatchObject({
        name: "UnknownOutcomeError",
        operation: "createShip",
        idempotencyKey: "once-1",
        cause: { clock: "total", timeout: 30_000 },
      });
    } finally {
      vi.useRealTimers();
    }
  });

  test("isn't there when the caller gives up and the creation is refused", async () => {
    const controller = new AbortController();
    const refuse: Answerer = (response) => {
      controller.abort("enough");
      sendJSON(response, 409, { error: "Docks full" });
    };
    const server = await serve(yardOf({ create: refuse }));
    const options = { signal: controller.signal, terminateOnFailure: true };
    expect(await errorOf(make(server.url, options))).toMatchObject({
      name: "AbortError",
      cause: "enough",
    });
    expect(seen(server)).toEqual(["POST /ships"]);
  });

  test("isn't created at all when the caller has given up before", async () => {
    const server = await serve(yardOf({}));
    const options = { signal: AbortSignal.abort("early"), terminateOnFailure: true };
    expect(await errorOf(make(server.url, options))).toMatchObject({
      name: "AbortError",
      cause: "early",
    });
    expect(server.requests).toEqual([]);
  });

  test("is removed when a callback throws, and what it threw comes out as it is", async () => {
    const mine = new RangeError("mine");
    const fail = () => {
      throw mine;
    };
    for (const callback of [{ onCreated: fail }, { onProgress: fail }]) {
      const server = await serve(yardOf({}));
      const error = await errorOf(make(server.url, { ...callback, terminateOnFailure: true }));
      expect(error).toBe(mine);
      expect([error.message, creationOf(error)?.terminated]).toEqual(["mine", true]);
      expect(seen(server).at(-1)).toBe("DELETE /ships/vega");
    }
  });

  test("is removed when a callback's own creation fails: what that says is about something else", async () => {
    const other = await serve(yardOf({ poll: answer({ id: "altair", status: "scrapped" }) }));
    const dear = await serve(yardOf({ create: answer({ id: "altair", cost: 9 }) }));
    const nested = [
      { name: "WaiterFailureError", fail: () => make(other.url) },
      { name: "CostLimitError", fail: () => make(dear.url, { maxCostPerHour: 3 }, {}, { type: "raft" }) },
    ];
    for (const { name, fail } of nested) {
      const callback = async () => void (await fail());
      for (const callbacks of [{ onCreated: callback }, { onProgress: callback }]) {
        const server = await serve(yardOf({}));
        const error = await errorOf(make(server.url, { ...callbacks, terminateOnFailure: true }));
        expect([error.name, seen(server).at(-1)]).toEqual([name, "DELETE /ships/vega"]);
        expect(error.message).toMatch(/vega was created and removed again\.$/);
      }
    }
  });

  test("counts as removed when it isn't there any more", async () => {
    const server = await serve(yardOf({ ...sinking, remove: answer({ error: "Gone" }, 404) }));
    const error = await errorOf(make(server.url, { terminateOnFailure: true }));
    expect(creationOf(error)?.terminated).toBe(true);
  });

  test("that can't be removed is said to go on costing", async () => {
    const server = await serve(
      yardOf({ ...sinking, remove: answer({ error: { message: "Moored fast" } }, 409) }),
    );
    const error = await errorOf(make(server.url, { terminateOnFailure: true }));
    expect(error.message).toMatch(
      /vega was created and could not be removed, so it may go on costing: .*Moored fast$/,
    );
    expect(creationOf(error)).toMatchObject({ terminated: false, undoError: { name: "ConflictError" } });
  });
});
