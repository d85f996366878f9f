import { afterEach, describe, expect, test, vi } from "vitest";
import type { Operation, Service } from "./operation.ts";
import type { ClientOptions } from "./options.ts";
import { applyServiceOptions } from "./service-options.ts";

afterEach(() => vi.unstubAllEnvs());

const service: Service = {
  name: "Harbour",
  version: "1",
  servers: [],
  security: {},
  options: { port: { variable: "HARBOUR_TEST_PORT" }, fleet: {} },
};
const operation: Operation = {
  id: "listShips",
  method: "GET",
  path: "/fleets/{fleet}/ships",
  retry: "safe",
  parameters: [
    { name: "port", in: "query", option: "port" },
    { name: "fleet", in: "path", option: "fleet" },
    { name: "limit", in: "query" },
  ],
  outcomes: [],
};
type HarbourOptions = ClientOptions & { port?: string; fleet?: string };

function applied(options: HarbourOptions, input = {}) {
  const { path, params } = applyServiceOptions(service, operation, input, options);
  return { ...path, ...params };
}

describe("a parameter that an option of the client gives", () => {
  test("has its value", () => {
    expect(applied({ port: "north", fleet: "a" }, { params: { limit: 5 } })).toEqual({
      port: "north",
      fleet: "a",
      limit: 5,
    });
  });

  test("has that of the environment where there is no option", () => {
    vi.stubEnv("HARBOUR_TEST_PORT", "south");
    expect(applied({})).toEqual({ port: "south" });
    expect(applied({ port: "north" })).toEqual({ port: "north" });
    vi.stubEnv("HARBOUR_TEST_PORT", "");
    expect(applied({})).toEqual({});
  });

  test("has the call's own first, and none where that is null", () => {
    const options = { port: "north", fleet: "a" };
    expect(applied(options, { path: { fleet: "b" }, params: { port: "west" } })).toEqual({
      port: "west",
      fleet: "b",
    });
    expect(applied(options, { params: { port: null } })).toEqual({ port: null, fleet: "a" });
    expect(applied(options, { params: { port: undefined } })).toMatchObject({ port: "north" });
  });

  test("has none that options only inherit", () => {
    expect(applied(Object.create({ port: "north" }) as HarbourOptions)).toEqual({});
  });
});
