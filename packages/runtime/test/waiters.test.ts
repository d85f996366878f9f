import { inspect } from "node:util";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  HawserError,
  InvalidRequestError,
  type Waiter,
  WaiterFailureError,
  WaiterTimeoutError,
  type WaitOptions,
  type WaitProgress,
  waitUntil,
} from "../src/index.ts";
import { type Answerer, sendJSON, useServers } from "./fault-server.ts";
import { clientAt, errorOf, getShip } from "./service.ts";

const { serve } = useServers();

interface Status {
  id?: string;
  status?: string;
  percent?: number;
  error?: string;
}

const getStatus = { ...getShip, id: "getShipStatus", path: "/ships/{id}/status" };
const waiter: Waiter = {
  name: "waitUntilAfloat",
  poll: getStatus,
  delay: { minimum: 2, maximum: 10 },
  timeout: 5_000,
  acceptors: [
    { state: "success", pointer: "/status", values: ["afloat"] },
    { state: "failure", pointer: "/status", values: ["sunk"] },
    { state: "retry", pointer: "/status", values: ["building", "launching"] },
    { state: "retry", status: 404, within: 60 },
  ],
  progress: "/percent",
  reason: "/error",
};
const input = { path: { id: "vega" } };

function wait(url: string, options: WaitOptions<Status> = {}, change: Partial<Waiter> = {}) {
  return waitUntil<Status>(clientAt(url, { maxRetries: 0 }), { ...waiter, ...change }, input, options);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Gives one answer after the other, and the last one for ever. */
function scenes(...answers: (Status | number)[]): Answerer {
  return (response, _, count) => {
    const scene = answers[Math.min(count, answers.length) - 1]!;
    if (typeof scene === "number") sendJSON(response, scene, { error: `No ${scene}` });
    else sendJSON(response, 200, scene);
  };
}

describe("a wait", () => {
  test("polls until it succeeds, and gives the last answer", async () => {
    const server = await serve(
      scenes({ status: "building" }, { status: "launching" }, { status: "afloat", id: "a" }),
    );
    const ship = await wait(server.url);
    expectTypeOf(ship).toEqualTypeOf<Status>();
    expect(ship).toEqual({ status: "afloat", id: "a" });
    expect(server.requests.map(({ url }) => url)).toEqual(Array(3).fill("/ships/vega/status"));
  });

  test("gives the whole thing where that is asked for at the end", async () => {
    const server = await serve((response, { url }) =>
      sendJSON(response, 200, url.endsWith("/status") ? { status: "afloat" } : { id: "vega", name: "Vega" }),
    );
    const whole = await waitUntil<Status, { name: string }>(
      clientAt(server.url),
      { ...waiter, result: getShip },
      input,
    );
    expect(whole.name).toBe("Vega");
    expect(server.requests.map(({ url }) => url)).toEqual(["/ships/vega/status", "/ships/vega"]);
  });

  test("tells of every answer", async () => {
    const server = await serve(
      scenes({ status: "building", percent: 10 }, { status: "rigging" }, { status: "afloat", percent: 100 }),
    );
    const told: WaitProgress<Status>[] = [];
    await wait(server.url, { onProgress: (progress) => void told.push(progress) });
    expect(told).toMatchObject([
      { polls: 1, state: "building", known: true, progress: 10, data: { percent: 10 } },
      { polls: 2, state: "rigging", known: false, progress: undefined },
      { polls: 3, state: "afloat", known: true, progress: 100, nextPoll: 0 },
    ]);
    expect(told[0]!.nextPoll).toBeGreaterThanOrEqual(2);
    expect(told[1]!.elapsed).toBeGreaterThanOrEqual(told[0]!.elapsed);
  });

  test("sends its options with every poll", async () => {
    const server = await serve(scenes({ status: "building" }, { status: "afloat" }));
    await wait(server.url, { headers: { "x-team": "a" }, query: { deep: true } });
    expect(server.requests.map(({ url, headers }) => [url, headers["x-team"]])).toEqual(
      Array(2).fill(["/ships/vega/status?deep=true", "a"]),
    );
  });

  test("polls as far apart as the caller wants", async () => {
    const server = await serve(scenes({ status: "building" }, { status: "afloat" }));
    const delays: number[] = [];
    const onProgress = ({ nextPoll }: WaitProgress<Status>) => void delays.push(nextPoll);
    await wait(server.url, { delay: { minimum: 30, maximum: 30 }, onProgress });
    await wait(server.url, { delay: { minimum: 50 } }).catch(() => {});
    expect(delays).toEqual([30, 0]);
  });

  test.each([
    [{ timout: 5 } as object, 'no option "timout"; the nearest is timeout'],
    [{ timeout: -1 }, "The option timeout has -1"],
    [{ delay: { minimum: Number.NaN } }, "The option delay.minimum has NaN"],
    [{ delay: { minimum: 20, maximum: 5 } }, "a minimum of 20 ms above its maximum of 5 ms"],
  ])("doesn't begin with %j", async (options, message) => {
    const server = await serve();
    const error = await errorOf(wait(server.url, options));
    expect(InvalidRequestError.is(error)).toBe(true);
    expect(error.message).toContain(message);
    expect(server.requests).toEqual([]);
  });
});

describe("a failure", () => {
  test("is an error with the last answer and the reason", async () => {
    const server = await serve(scenes({ status: "building" }, { status: "sunk", error: "The keel broke" }));
    const told: unknown[] = [];
    const error = await errorOf(wait(server.url, { onProgress: ({ state }) => void told.push(state) }));
    if (!WaiterFailureError.is(error)) throw error;
    expect(error).toMatchObject({
      name: "WaiterFailureError",
      waiter: "waitUntilAfloat",
      data: { status: "sunk", error: "The keel broke" },
      state: "sunk",
      reason: "The keel broke",
      polls: 2,
    });
    expect(error.message).toMatch(
      /^waitUntilAfloat ended with "sunk" after 2 polls and \d+ ms: The keel broke$/,
    );
    expect(HawserError.is(error)).toBe(true);
    expect(told).toEqual(["building", "sunk"]);
    expect(server.requests).toHaveLength(2);
  });

  test("prints nothing of the answer but its state and reason", async () => {
    const server = await serve(scenes({ status: "sunk", id: "PRIVATE" }));
    const error = await errorOf(wait(server.url));
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain("PRIVATE");
    expect(error).toMatchObject({ data: { id: "PRIVATE" }, reason: undefined });
  });

  test("can be a status", async () => {
    const server = await serve(scenes({ status: "building" }, 410));
    const error = await errorOf(wait(server.url, {}, { acceptors: [{ state: "failure", status: 410 }] }));
    expect(error).toMatchObject({
      name: "WaiterFailureError",
      state: 410,
      data: { status: "building" },
      cause: { status: 410 },
      reason: expect.stringContaining("No 410"),
    });
  });
});

describe("what is to be gone", () => {
  const gone: Partial<Waiter> = {
    acceptors: [
      { state: "success", status: 404 },
      { state: "retry", pointer: "/status", values: ["sinking"] },
    ],
    result: getShip,
  };

  test("is gone with the status that says so, and isn't asked for", async () => {
    const server = await serve(scenes({ status: "sinking" }, 404));
    expect(await wait(server.url, {}, gone)).toEqual({ status: "sinking" });
    expect(server.requests).toHaveLength(2);
    const other = await serve(scenes(404));
    expect(await wait(other.url, {}, gone)).toBeUndefined();
  });
});

describe("a thing that isn't there yet", () => {
  test("is waited for as long as declared", async () => {
    const server = await serve(scenes(404, 404, { status: "afloat" }));
    const [success] = waiter.acceptors;
    const acceptors: Waiter["acceptors"] = [success!, { state: "retry", status: 404, within: 5_000 }];
    expect(await wait(server.url, {}, { acceptors })).toEqual({ status: "afloat" });
  });

  test("isn't waited for any longer", async () => {
    const server = await serve(scenes(404));
    const error = await errorOf(wait(server.url, { delay: { minimum: 20, maximum: 20 } }));
    expect(error.name).toBe("NotFoundError");
    expect(server.requests.length).toBeGreaterThan(1);
    expect(server.requests.length).toBeLessThan(6);
  });
});

describe("a busy server", () => {
  const busy =
    (headers: Record<string, string>): Answerer =>
    (response, _, count) =>
      count < 3 ? sendJSON(response, 429, {}, headers) : sendJSON(response, 200, { status: "afloat" });

  test("is waited out", async () => {
    const server = await serve(busy({}));
    expect(await wait(server.url)).toEqual({ status: "afloat" });
    expect(server.requests).toHaveLength(3);
  });

  test("is waited for as long as it asks, whatever a client would wait by itself", async () => {
    const server = await serve(busy({ "retry-after-ms": "40" }));
    const client = clientAt(server.url, { maxRetryAfter: 1 });
    const started = performance.now();
    await waitUntil(client, waiter, input);
    expect(performance.now() - started).toBeGreaterThan(75);
  });

  test("isn't asked again when it asks for more time than there is", async () => {
    const server = await serve((response) => sendJSON(response, 429, {}, { "retry-after": "3600" }));
    const error = await errorOf(wait(server.url, { timeout: 60_000 }));
    expect(error).toMatchObject({
      name: "WaiterTimeoutError",
      timeout: 60_000,
      data: undefined,
      state: 429,
      cause: { name: "RateLimitError" },
    });
    expect(server.requests).toHaveLength(1);
  });

  test("that says on a good answer when to ask again is asked then", async () => {
    const server = await serve((response, _, count) =>
      sendJSON(response, 200, { status: count < 2 ? "building" : "afloat" }, { "retry-after-ms": "50" }),
    );
    const delays: number[] = [];
    await wait(server.url, { onProgress: ({ nextPoll }) => void delays.push(nextPoll) });
    expect(delays).toEqual([50, 0]);
  });

  test("has its polls repeated as the client's retries say", async () => {
    const server = await serve((response, _, count) =>
      count < 3
        ? sendJSON(response, 500, {}, { "retry-after-ms": "1" })
        : sendJSON(response, 200, { status: "afloat" }),
    );
    const polls: number[] = [];
    const onProgress = (progress: WaitProgress<unknown>) => void polls.push(progress.polls);
    await waitUntil(clientAt(server.url), waiter, input, { onProgress });
    expect(polls).toEqual([1]);
    expect(server.requests).toHaveLength(3);
  });
});

test("an error of a poll is what the wait fails with", async () => {
  const server = await serve(scenes({ status: "building" }, 401));
  expect(await errorOf(wait(server.url))).toMatchObject({ name: "AuthenticationError" });
});

describe("the deadline", () => {
  test("ends the wait with the last answer", async () => {
    const server = await serve(scenes({ status: "building", percent: 5 }));
    const error = await errorOf(wait(server.url, { timeout: 1000 }));
    if (!WaiterTimeoutError.is(error)) throw error;
    expect(error).toMatchObject({
      name: "WaiterTimeoutError",
      timeout: 1000,
      data: { status: "building", percent: 5 },
      state: "building",
    });
    expect(error.message).toMatch(
      /^waitUntilAfloat wasn't there within 1 s; the last of \d+ polls said "building"$/,
    );
    // The last poll may have been cut off on its way, or arrive late; none comes after it.
    await pause(60);
    expect(server.requests.length).toBeLessThanOrEqual(error.polls);
  });

  test("ends a poll that hangs", async () => {
    const server = await serve((response, _, count) => {
      if (count === 1) sendJSON(response, 200, { status: "building" });
    });
    expect(await errorOf(wait(server.url, { timeout: 1000 }))).toMatchObject({
      name: "WaiterTimeoutError",
      polls: 2,
      data: { status: "building" },
    });
    await server.left;
  });

  test("isn't there when it is 0", async () => {
    const server = await serve(scenes({ status: "building" }, { status: "afloat" }));
    expect(await wait(server.url, { timeout: 0 }, { timeout: 1 })).toEqual({ status: "afloat" });
  });
});

describe("the caller's signal", () => {
  test("ends the sleep at once", async () => {
    const server = await serve(scenes({ status: "building" }));
    const controller = new AbortController();
    const waiting = wait(server.url, {
      signal: controller.signal,
      delay: { minimum: 60_000, maximum: 60_000 },
      timeout: 600_000,
      onProgress: () => void setTimeout(() => controller.abort("enough"), 5),
    });
    expect(await errorOf(waiting)).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(server.requests).toHaveLength(1);
  });

  test("ends a poll at once", async () => {
    const server = await serve(() => controller.abort("enough"));
    const controller = new AbortController();
    expect(await errorOf(wait(server.url, { signal: controller.signal }))).toMatchObject({
      name: "AbortError",
      cause: "enough",
    });
    await server.left;
  });

  test("that is aborted already lets nothing be sent", async () => {
    const server = await serve();
    expect(await errorOf(wait(server.url, { signal: AbortSignal.abort() }))).toMatchObject({
      name: "AbortError",
    });
    expect(server.requests).toEqual([]);
  });
});

describe("a callback of the caller's", () => {
  test("that throws ends the wait with what it threw", async () => {
    const server = await serve(scenes({ status: "building" }));
    const mine = new RangeError("mine");
    const onProgress = () => {
      throw mine;
    };
    expect(await errorOf(wait(server.url, { onProgress }))).toBe(mine);
    expect(await errorOf(wait(server.url, { onProgress: () => Promise.reject(mine) }))).toBe(mine);
    const { length } = server.requests;
    await pause(40);
    expect(server.requests).toHaveLength(length);
  });

  test("that never comes back doesn't outlast the deadline", async () => {
    const server = await serve(scenes({ status: "building" }));
    const onProgress = () => new Promise<void>(() => {});
    expect(await errorOf(wait(server.url, { onProgress, timeout: 50 }))).toMatchObject({
      name: "WaiterTimeoutError",
    });
  });
});
