import { describe, expect, test } from "vitest";
import { CostLimitError, createAndWait, creationOf } from "../src/index.ts";
import { sendJSON, useServers } from "./fault-server.ts";
import { clientAt, errorOf } from "./service.ts";
import { answer, creation, make, seen, yardOf } from "./shipyard.ts";

const { serve } = useServers();

describe("a limit of cost", () => {
  const limitOf = (maxCostPerHour: number) => ({ maxCostPerHour });

  test("lets pass what costs less", async () => {
    const server = await serve(yardOf({}));
    await make(server.url, limitOf(2), {}, { type: "sloop", crew: 1 });
    expect(seen(server)).toEqual(["GET /types", "POST /ships", "GET /ships/vega"]);
  });

  test("lets nothing be created when all that fits costs more", async () => {
    const server = await serve(yardOf({}));
    const error = await errorOf(make(server.url, limitOf(8.5), {}, { type: "brig", crew: null }));
    if (!CostLimitError.is(error)) throw error;
    expect(error).toMatchObject({ limit: 8.5, costPerHour: 9, terminated: undefined, data: undefined });
    expect(error.message).toBe(
      "createShip wasn't sent: what fits costs 9 per hour at the least, above the limit of 8.5",
    );
    expect(seen(server)).toEqual(["GET /types"]);
  });

  test.each([
    ["what the body leaves open", { type: "brig" }, 9],
    ["what it leaves to the server", { type: "auto", crew: 2 }, 4],
    ["everything when it says nothing", {}, 2],
  ])("compares %s with every price", async (_, body, lowest) => {
    const server = await serve(yardOf({}));
    const error = await errorOf(make(server.url, limitOf(1), {}, body));
    expect(error).toMatchObject({ name: "CostLimitError", costPerHour: lowest });
  });

  test("removes at once what the answer says to cost more", async () => {
    const server = await serve(yardOf({ create: answer({ id: "vega", cost: "9.5" }) }));
    const error = await errorOf(make(server.url, limitOf(3), {}, { type: "sloop" }));
    expect(error).toMatchObject({
      name: "CostLimitError",
      limit: 3,
      costPerHour: 9.5,
      terminated: true,
      data: { id: "vega" },
    });
    expect(error.message).toBe(
      "It costs 9.5 per hour, above the limit of 3. vega was created and removed again.",
    );
    expect(seen(server)).toEqual(["GET /types", "POST /ships", "DELETE /ships/vega"]);
  });

  test("says so when what costs more can't be removed", async () => {
    const server = await serve(
      yardOf({ create: answer({ id: "vega", cost: 9 }), remove: answer({ error: "No" }, 500) }),
    );
    const error = await errorOf(make(server.url, limitOf(3), {}, { type: "sloop" }));
    expect(error).toMatchObject({ terminated: false });
    expect(error.message).toContain("could not be removed, so it may go on costing");
    const { undo: _, ...withoutUndo } = creation;
    const other = await serve(yardOf({ create: answer({ id: "vega", cost: 9 }) }));
    const client = clientAt(other.url);
    const body = { type: "sloop", crew: 1 };
    expect(await errorOf(createAndWait(client, withoutUndo, body, limitOf(3)))).toMatchObject({
      name: "CostLimitError",
      terminated: false,
    });
  });

  test.each([
    ["some of what fits costs more", { type: "sloop" }, 2],
    ["no price is known", { type: "raft" }, undefined],
  ])("lets nothing be created that couldn't be removed, where %s", async (_, body, costPerHour) => {
    const { undo: _undo, ...withoutUndo } = creation;
    const server = await serve(yardOf({}));
    const error = await errorOf(createAndWait(clientAt(server.url), withoutUndo, body, limitOf(3)));
    expect(error).toMatchObject({ name: "CostLimitError", limit: 3, costPerHour, terminated: undefined });
    expect(error.message).toBe(
      "createShip wasn't sent: it may cost more per hour than the limit of 3, and couldn't be removed then",
    );
    expect(seen(server)).toEqual(["GET /types"]);
  });

  test("is kept also when the caller gives up while something is created", async () => {
    for (const [cost, name, terminated] of [
      [9, "CostLimitError", true],
      [2, "AbortError", undefined],
    ] as const) {
      const controller = new AbortController();
      const server = await serve(
        yardOf({
          create: (response) => {
            controller.abort("enough");
            // Once the client has had the time to give the request up.
            setTimeout(() => sendJSON(response, 201, { id: "vega", cost }), 20);
          },
        }),
      );
      const error = await errorOf(make(server.url, { ...limitOf(3), signal: controller.signal }));
      expect([error.name, creationOf(error)?.id, creationOf(error)?.terminated]).toEqual([
        name,
        "vega",
        terminated,
      ]);
      expect(seen(server).includes("DELETE /ships/vega")).toBe(cost === 9);
    }
  });

  test("relies on the answer where no price is known", async () => {
    const server = await serve(yardOf({}));
    await make(server.url, limitOf(2), {}, { type: "raft" });
    expect(seen(server)).toEqual(["GET /types", "POST /ships", "GET /ships/vega"]);
    const error = await errorOf(make(server.url, limitOf(1), {}, { type: "raft" }));
    expect(error).toMatchObject({ name: "CostLimitError", costPerHour: 2, terminated: true });
  });

  test("relies on the prices where the answer has none, if all of them are within it", async () => {
    const server = await serve(yardOf({ create: answer({ id: "vega" }) }));
    await make(server.url, limitOf(2), {}, { type: "sloop", crew: 1 });
    expect(seen(server).at(-1)).toBe("GET /ships/vega");
    const error = await errorOf(make(server.url, limitOf(2), {}, { type: "sloop" }));
    expect(error).toMatchObject({ name: "CostLimitError", costPerHour: undefined, terminated: true });
  });

  test("that can't be checked isn't taken for kept", async () => {
    const server = await serve(yardOf({ create: answer({ id: "vega", cost: null }) }));
    const error = await errorOf(make(server.url, limitOf(99), {}, { type: "raft" }));
    expect(error).toMatchObject({ name: "CostLimitError", costPerHour: undefined, terminated: true });
    expect(error.message).toContain("Nobody says what it costs per hour, so the limit of 99 can't be kept");
  });

  test("lets nothing be created when the prices can't be read", async () => {
    const server = await serve(yardOf({ types: answer({ error: "No" }, 403) }));
    expect(await errorOf(make(server.url, limitOf(99)))).toMatchObject({ name: "PermissionDeniedError" });
    expect(seen(server)).toEqual(["GET /types"]);
  });
});
