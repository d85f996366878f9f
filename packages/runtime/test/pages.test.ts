import { describe, expect, expectTypeOf, test } from "vitest";
import type { Operation, PagePromise } from "../src/index.ts";
import { type Answerer, sendJSON, useServers } from "./fault-server.ts";
import {
  byCursor,
  byOffset,
  byPage,
  fleet,
  ids,
  list,
  query,
  range,
  type Ship,
  type ShipList,
  serveFleet,
} from "./fleet.ts";

const { serve } = useServers();

describe("a list", () => {
  test("is its first page when it is awaited", async () => {
    const server = await serve(serveFleet(() => ({ total: 25 })));
    const call = list(server.url, byOffset);
    expectTypeOf(call).toEqualTypeOf<PagePromise<Ship, ShipList>>();
    const page = await call;
    expect([ids(page.items), page.total, page.hasNext]).toEqual([range(1, 10), 25, true]);
    expect(page.body.meta).toEqual({ total: 25 });
    const { data, body, attempts } = await call.withResponse();
    expect([data, body.meta.total, attempts]).toEqual([page, 25, 1]);
    expect(await call.result()).toMatchObject({ ok: true, data: { total: 25 } });
    expect(server.requests).toHaveLength(1);
    expect(String(call)).toBe("[object PagePromise]");
  });

  const schemes: [name: string, operation: Operation, answerer: Answerer, urls: string[]][] = [
    [
      "by offset, to its total",
      byOffset,
      serveFleet(() => ({ total: 25 })),
      ["/ships", "/ships?offset=10", "/ships?offset=20"],
    ],
    [
      "by offset, to the page that says it is the last",
      byOffset,
      serveFleet((end) => ({ hasMore: end < 25 })),
      ["/ships", "/ships?offset=10", "/ships?offset=20"],
    ],
    ["by page, to a short one", byPage, serveFleet(), ["/ships", "/ships?page=2", "/ships?page=3"]],
    [
      "by cursor, to the page without one",
      byCursor,
      (response, { url }) => {
        const begin = Number(query(url).after ?? 0);
        const cursor = begin + 10 < 25 ? String(begin + 10) : null;
        sendJSON(response, 200, { data: fleet.slice(begin, begin + 10), meta: { cursor } });
      },
      ["/ships", "/ships?after=10", "/ships?after=20"],
    ],
  ];
  test.each(schemes)("is gone through %s", async (_, operation, answerer, urls) => {
    const server = await serve(answerer);
    const seen: number[] = [];
    for await (const ship of list(server.url, operation)) {
      expectTypeOf(ship).toEqualTypeOf<Ship>();
      seen.push(ship.id);
    }
    expect(seen).toEqual(range(1, 25));
    expect(server.requests.map(({ url }) => url)).toEqual(urls);
  });

  test("is gone through page by page", async () => {
    const server = await serve(serveFleet());
    const sizes: number[] = [];
    for await (const { items } of list(server.url, byPage, { limit: 12 }).pages()) sizes.push(items.length);
    expect(sizes).toEqual([12, 12, 1]);
  });

  test("can be walked by hand, and a page asked for again", async () => {
    const server = await serve(serveFleet());
    const first = await list(server.url, byPage);
    const second = await first.next();
    expect(ids((await first.next())!.items)).toEqual(ids(second!.items));
    const third = await second!.next();
    expect([ids(third!.items), third!.hasNext, await third!.next()]).toEqual([
      range(21, 25),
      false,
      undefined,
    ]);
    expect(server.requests).toHaveLength(4);
  });

  test("without a page plan is one page", async () => {
    const server = await serve((response) => sendJSON(response, 200, { data: fleet }));
    const { pages: _, ...operation } = byPage;
    expect(await list(server.url, operation).toArray()).toEqual(fleet);
    expect(server.requests).toHaveLength(1);
  });

  test("keeps what the caller asks for, from where they ask for it", async () => {
    const server = await serve(serveFleet());
    const ships = await list(server.url, byPage, { page: 2, limit: 8, search: "a b" }).toArray();
    expect(ids(ships)).toEqual(range(9, 25));
    expect(server.requests.map(({ url }) => query(url))).toEqual([
      { page: "2", limit: "8", search: "a b" },
      { page: "3", limit: "8", search: "a b" },
      { page: "4", limit: "8", search: "a b" },
    ]);
  });

  test("that is empty ends after one request, also when it is null", async () => {
    const server = await serve((response, _, count) =>
      sendJSON(response, 200, { data: count === 1 ? [] : null }),
    );
    expect(await list(server.url, byPage).toArray()).toEqual([]);
    expect(await list(server.url, byPage).toArray()).toEqual([]);
    expect(server.requests).toHaveLength(2);
  });

  test("that is none is an error that keeps what came", async () => {
    const server = await serve((response) => sendJSON(response, 200, { data: { ships: [] } }));
    await expect(list(server.url, byPage)).rejects.toMatchObject({
      name: "InvalidResponseError",
      message: 'listShips: the answer has no list at "/data"',
      rawBody: '{"data":{"ships":[]}}',
    });
  });
});

describe("no request is made that isn't needed", () => {
  test.each([
    [0, 1, []],
    [1, 1, range(1, 1)],
    [10, 1, range(1, 10)],
    [11, 2, range(1, 11)],
    [20, 2, range(1, 20)],
    [25, 3, range(1, 25)],
    [100, 3, range(1, 25)],
  ])("for %i items", async (limit, requests, wanted) => {
    const server = await serve(serveFleet());
    expect(ids(await list(server.url, byPage).toArray({ limit }))).toEqual(wanted);
    expect(server.requests).toHaveLength(requests);
  });

  test("when the loop is left", async () => {
    const server = await serve(serveFleet());
    for await (const { id } of list(server.url, byPage)) if (id === 10) break;
    expect(server.requests).toHaveLength(1);
  });

  test("for a limit that can't be", async () => {
    const server = await serve(serveFleet());
    const call = list(server.url, byPage);
    for (const limit of [-1, Number.NaN, 1.5]) {
      await expect(call.toArray({ limit })).rejects.toThrow("The limit of toArray is");
    }
    expect(ids(await call.toArray({ limit: Number.POSITIVE_INFINITY }))).toEqual(range(1, 25));
  });
});

describe("the options of a list hold for every page", () => {
  test("retries", async () => {
    const answer = serveFleet();
    const server = await serve((response, request, count) =>
      count % 2 === 1
        ? sendJSON(response, 503, {}, { "retry-after-ms": "1" })
        : answer(response, request, count),
    );
    expect(await list(server.url, byPage).toArray()).toHaveLength(25);
    expect(server.requests).toHaveLength(6);
  });

  test("headers and query", async () => {
    const server = await serve(serveFleet());
    await list(server.url, byPage, {}, { headers: { "x-team": "a" }, query: { beta: 1 } }).toArray();
    expect(server.requests.map(({ headers, url }) => [headers["x-team"], query(url).beta])).toEqual([
      ["a", "1"],
      ["a", "1"],
      ["a", "1"],
    ]);
  });

  test("clocks and the signal", async () => {
    const answer = serveFleet();
    const server = await serve((response, request, count) => {
      if (count === 1) answer(response, request, count);
    });
    const first = await list(server.url, byPage, {}, { timeout: { total: 1000 } });
    await expect(first.next()).rejects.toMatchObject({ name: "TimeoutError", clock: "total" });
    const controller = new AbortController();
    const other = await serve(serveFleet());
    const page = await list(other.url, byPage, {}, { signal: controller.signal });
    controller.abort();
    await expect(page.next()).rejects.toMatchObject({ name: "AbortError" });
    expect(other.requests).toHaveLength(1);
  });

  test("but an idempotency key is for the first page alone", async () => {
    const server = await serve(serveFleet());
    await list(server.url, byPage, {}, { idempotencyKey: "once-1" }).toArray();
    expect(server.requests.map(({ headers }) => headers["idempotency-key"])).toEqual([
      "once-1",
      undefined,
      undefined,
    ]);
  });
});

test("an error on a later page comes after the items before it, and that page can be asked for again", async () => {
  const answer = serveFleet();
  let healthy = false;
  const server = await serve((response, request, count) => {
    if (healthy || !request.url.includes("page=3")) answer(response, request, count);
    else sendJSON(response, 400, { error: "Moored" });
  });
  const seen: number[] = [];
  const pages: Awaited<ReturnType<typeof list>>[] = [];
  const walk = async () => {
    for await (const page of list(server.url, byPage).pages()) {
      pages.push(page);
      for (const { id } of page.items) seen.push(id);
    }
  };
  await expect(walk()).rejects.toMatchObject({ name: "BadRequestError" });
  expect(seen).toEqual(range(1, 20));
  healthy = true;
  expect(ids((await pages.at(-1)!.next())!.items)).toEqual(range(21, 25));
});

test("items that the caller changes don't change where the list ends", async () => {
  const server = await serve(serveFleet());
  const seen: number[] = [];
  for await (const { items } of list(server.url, byPage).pages()) seen.push(...ids(items.splice(0)));
  expect(seen).toEqual(range(1, 25));
});
