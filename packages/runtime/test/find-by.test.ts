import { describe, expect, test } from "vitest";
import { findBy } from "../src/index.ts";
import { type Answerer, sendJSON, useServers } from "./fault-server.ts";
import { byOffset, byPage, fleet, ids, query, type Ship } from "./fleet.ts";
import { clientAt, getShip } from "./service.ts";

const { serve } = useServers();

describe("things are found by what they are called", () => {
  const twins = [...fleet, { id: 26, name: "Ship 2" }];
  const answer: Answerer = (response, { url }) => {
    const page = Number(query(url).page ?? 1);
    sendJSON(response, 200, { data: twins.slice(page * 10 - 10, page * 10), meta: {} });
  };

  test("exactly, over all pages", async () => {
    const server = await serve(answer);
    const found = await findBy<Ship>(clientAt(server.url), byPage, { pointer: "/name" }, "Ship 2", {});
    expect(ids(found)).toEqual([2, 26]);
    expect(server.requests).toHaveLength(3);
    expect(await findBy(clientAt(server.url), byPage, { pointer: "/name" }, "ship 2", {})).toEqual([]);
  });

  test("narrowed on the server first", async () => {
    const server = await serve((response) => sendJSON(response, 200, { data: twins.slice(0, 3) }));
    const finder = { pointer: "/name", parameter: "search" };
    const found = await findBy<Ship>(clientAt(server.url), byOffset, finder, "Ship 2", {
      params: { limit: 9 },
    });
    expect(ids(found)).toEqual([2]);
    expect(server.requests.map(({ url }) => query(url))).toEqual([{ limit: "9", search: "Ship 2" }]);
  });

  test("below one thing", async () => {
    const server = await serve((response) => sendJSON(response, 200, [{ name: "bow" }]));
    const found = await findBy(clientAt(server.url), getShip, { pointer: "/name" }, "bow", {
      path: { id: "a" },
    });
    expect(found).toEqual([{ name: "bow" }]);
  });
});
