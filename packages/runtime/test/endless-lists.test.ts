import { describe, expect, test } from "vitest";
import { listPages, type Operation, type Quirk, type RequestOptions } from "../src/index.ts";
import { type Answerer, sendJSON, useServers } from "./fault-server.ts";
import { byCursor, byOffset, byPage, fleet, list, range, type Ship } from "./fleet.ts";
import { clientAt } from "./service.ts";

const { serve } = useServers();

describe("a list without an end ends", () => {
  /** Items and quirks of a list whose server goes on for ever; fails after ten requests. */
  async function walk(answerer: Answerer, operation: Operation, options: RequestOptions = {}) {
    const server = await serve((response, request, count) => {
      if (count > 10) sendJSON(response, 500, { error: "endless" }, { "x-should-retry": "false" });
      else answerer(response, request, count);
    });
    const quirks: Quirk[] = [];
    const onQuirk = (quirk: Quirk) => quirks.push(quirk);
    const seen: number[] = [];
    let error: unknown;
    try {
      for await (const { id } of list(server.url, operation, {}, { ...options, onQuirk })) seen.push(id);
    } catch (reason) {
      error = reason;
    }
    return { seen, quirks: quirks.map(({ id }) => id), requests: server.requests.length, error };
  }
  const sameCursor: Answerer = (response, _, count) =>
    sendJSON(response, 200, { data: fleet.slice(count * 2 - 2, count * 2), meta: { cursor: "same" } });
  const circle: Answerer = (response, _, count) =>
    sendJSON(response, 200, {
      data: fleet.slice(count * 2 - 2, count * 2),
      meta: { cursor: "abc"[count % 3] },
    });
  const samePage: Answerer = (response, _, count) =>
    sendJSON(response, 200, { data: fleet.slice(0, 5), meta: { cursor: `c${count}` } });

  test("when its cursor repeats, and says so", async () => {
    expect(await walk(sameCursor, byCursor)).toEqual({
      seen: range(1, 4),
      quirks: ["Q60"],
      requests: 2,
      error: undefined,
    });
    expect(await walk(circle, byCursor)).toMatchObject({ quirks: ["Q60"], requests: 4, seen: range(1, 8) });
  });

  test.each([byOffset, byPage, byCursor])(
    "when the server gives the same page again ($pages.scheme)",
    async (operation) => {
      expect(await walk(samePage, operation)).toEqual({
        seen: range(1, 5),
        quirks: ["Q61"],
        requests: 2,
        error: undefined,
      });
    },
  );

  test("also when the caller takes the items out of their page", async () => {
    const server = await serve(samePage);
    let pages = 0;
    for await (const { items } of list(server.url, byPage).pages())
      pages += items.splice(0).length > 0 ? 1 : 0;
    expect([pages, server.requests.length]).toEqual([1, 2]);
  });

  test("when the server begins anew behind its last page", async () => {
    const wrap: Answerer = (response, _, count) => {
      const begin = ((count - 1) % 3) * 5;
      sendJSON(response, 200, { data: fleet.slice(begin, begin + 5) });
    };
    expect(await walk(wrap, byPage)).toMatchObject({ seen: range(1, 15), quirks: ["Q61"], requests: 4 });
  });

  test("with an error after its items in strict mode", async () => {
    expect(await walk(sameCursor, byCursor, { strict: true })).toMatchObject({
      seen: range(1, 4),
      requests: 2,
      error: { name: "InvalidResponseError", message: expect.stringContaining("has no end (Q60)") },
    });
    expect(await walk(samePage, byPage, { strict: true })).toMatchObject({
      seen: range(1, 5),
      requests: 2,
      error: { name: "InvalidResponseError", message: expect.stringContaining("has no end (Q61)") },
    });
  });

  test("and the client's own ear is told too", async () => {
    const server = await serve(samePage);
    const quirks: Quirk[] = [];
    const client = clientAt(server.url, { onQuirk: (quirk) => quirks.push(quirk) });
    expect(await listPages<Ship>(client, byPage, {}).toArray()).toHaveLength(5);
    expect(quirks).toMatchObject([{ id: "Q61", detail: "listShips gave a page again that it gave before" }]);
  });
});
