import type { ClientOptions, Operation, RequestOptions, Service } from "../src/index.ts";
import { createClient } from "../src/index.ts";

/** A service with a bearer key. */
export const service: Service = {
  name: "Harbour",
  version: "1.0.0",
  servers: [{ url: "https://harbour.test/v1" }],
  security: { bearer: { type: "http", scheme: "bearer" } },
  environment: { apiKey: "HARBOUR_TEST_API_KEY", baseURL: "HARBOUR_TEST_BASE_URL" },
};

/** The key of the tests. */
export const apiKey = "rc_live_0123456789abcdef";

const json = [{ status: "200", kind: "json", mediaType: "application/json" }] as const;

/** GET /ships: safe. */
export const listShips = {
  id: "listShips",
  method: "GET",
  path: "/ships",
  retry: "safe",
  outcomes: json,
} as const satisfies Operation;

/** GET /ships/{id}: safe. */
export const getShip = {
  id: "getShip",
  method: "GET",
  path: "/ships/{id}",
  retry: "safe",
  parameters: [{ name: "id", in: "path", required: true }],
  outcomes: json,
} as const satisfies Operation;

/** POST /ships: costly. */
export const createShip = {
  id: "createShip",
  method: "POST",
  path: "/ships",
  retry: "costly",
  body: { encoding: "json", mediaType: "application/json", required: true },
  outcomes: json,
} as const satisfies Operation;

/** PUT /ships: idempotent. */
export const replaceShip = {
  ...createShip,
  id: "replaceShip",
  method: "PUT",
  retry: "idempotent",
} as const satisfies Operation;

/** A client of the service at this address, with a key. */
export function clientAt(url: string, options: ClientOptions = {}) {
  return createClient(service, { baseURL: url, apiKey, ...options });
}

/** What a call of the operation fails with; fails itself when the call succeeds. */
export async function failureOf(
  url: string,
  operation: Operation,
  options: RequestOptions & { client?: ClientOptions } = {},
): Promise<Error> {
  const { client, ...call } = options;
  const input = operation.body === undefined ? {} : { body: { name: "Vega" } };
  return errorOf(clientAt(url, client).request(operation, input, call));
}

/** What a call fails with; fails itself when the call succeeds. */
export async function errorOf(call: PromiseLike<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    return error as Error;
  }
  throw new Error("The call succeeded.");
}
