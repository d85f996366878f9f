import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import {
  binaryBody,
  type ClientOptions,
  clientCredentials,
  createClient,
  type Middleware,
  type Operation,
  type Service,
} from "../src/index.ts";
import { type Answerer, sendJSON, useServers } from "./fault-server.ts";
import { createShip, listShips, service } from "./service.ts";

const { serve } = useServers();

const pair = { clientId: "program:1", clientSecret: "s3cret/+word" };

/** A service that asks for tokens at its own `/token`. */
const tokens: Service = {
  ...service,
  security: {
    oauth: {
      type: "oauth2",
      tokenUrl: "/token",
      scopes: ["ships:read", "ships:write"],
      grant: clientCredentials,
    },
  },
  environment: {
    apiKey: "HARBOUR_TEST_API_KEY",
    clientId: "HARBOUR_TEST_ID",
    clientSecret: "HARBOUR_TEST_SECRET",
  },
};

interface Endpoint {
  token?: Answerer;
  api?: Answerer;
  expires?: number;
}

/** A service with a token endpoint; tokens are numbered. Each has a `fetch` of its own, so that none are shared. */
async function serveTokens({ token, api, expires = 3600 }: Endpoint = {}) {
  let given = 0;
  const server = await serve((response, request, count) => {
    if (request.url !== "/token") {
      (api ?? ((answer) => sendJSON(answer, 200, { ok: true })))(response, request, count);
      return;
    }
    given += 1;
    const answer = { access_token: `token-number-${given}`, token_type: "Bearer", expires_in: expires };
    (token ?? ((refusal) => sendJSON(refusal, 200, answer)))(response, request, given);
  });
  const fetchOnce: typeof fetch = (input, init) => fetch(input, init);
  const open = (options: ClientOptions = {}) =>
    createClient(tokens, { baseURL: server.url, fetch: fetchOnce, ...pair, ...options });
  const seen = () => server.requests.map(({ url, headers }) => `${url} ${headers.authorization}`);
  return { server, open, seen };
}

describe("tokens by client credentials", () => {
  test("are asked for as RFC 6749 says, once for many calls", async () => {
    const { server, open } = await serveTokens();
    const client = open();
    await Promise.all([client.request(listShips, {}), client.request(createShip, { body: {} })]);
    await client.withOptions({ maxRetries: 0 }).request(listShips, {});
    const [asked, ...calls] = server.requests;
    expect(asked).toMatchObject({
      method: "POST",
      url: "/token",
      body: "grant_type=client_credentials&scope=ships%3Aread%20ships%3Awrite",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${Buffer.from("program%3A1:s3cret%2F%2Bword").toString("base64")}`,
      },
    });
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill("Bearer token-number-1"));
  });

  test("come from what the environment says", async () => {
    vi.stubEnv("HARBOUR_TEST_ID", "program");
    vi.stubEnv("HARBOUR_TEST_SECRET", "s3cret");
    try {
      const { open, seen } = await serveTokens();
      await open({ clientId: undefined, clientSecret: undefined }).request(listShips, {});
      expect(seen()[1]).toBe("/ships Bearer token-number-1");
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("aren't asked for where there is a token or a key already", async () => {
    const { open, seen } = await serveTokens();
    await open({ apiKey: "own-token" }).request(listShips, {});
    await open({ credentials: { oauth: "own-token" } }).request(listShips, {});
    await open({ headers: { authorization: "Bearer by-hand" } }).request(listShips, {});
    expect(seen()).toEqual(["/ships Bearer own-token", "/ships Bearer own-token", "/ships Bearer by-hand"]);
  });

  test("need both id and secret", () => {
    expect(() => createClient(tokens, { clientId: "program" })).toThrow(
      "both of the options clientId and clientSecret",
    );
    expect(() => createClient(tokens, { clientId: "", clientSecret: "" })).toThrow("must not be empty");
  });
});

describe("a token that is refused", () => {
  const expired: Answerer = (response, { headers }) =>
    headers.authorization === "Bearer token-number-1"
      ? sendJSON(response, 401, { error: "expired" })
      : sendJSON(response, 200, { ok: true });

  test.each([
    ["safe", listShips, undefined],
    ["costly", createShip, { name: "Vega" }],
  ])("is renewed and the %s call repeated", async (_, operation: Operation, body) => {
    const { server, open, seen } = await serveTokens({ api: expired });
    const client = open({ maxRetries: 0 });
    const { data, attempts } = await client.request(operation, { body }).withResponse();
    expect([data, attempts]).toEqual([{ ok: true }, 1]);
    await client.request(listShips, {});
    expect(seen().map((each) => each.replace(/Basic .*/, "Basic"))).toEqual([
      "/token Basic",
      "/ships Bearer token-number-1",
      "/token Basic",
      "/ships Bearer token-number-2",
      "/ships Bearer token-number-2",
    ]);
    if (body) expect(server.requests.slice(1, 4).map((request) => request.body)).toContain('{"name":"Vega"}');
  });

  test("is renewed once", async () => {
    const { open, seen } = await serveTokens({ api: (response) => sendJSON(response, 401, { error: "No" }) });
    await expect(open().request(listShips, {})).rejects.toMatchObject({ name: "AuthenticationError" });
    expect(seen()).toHaveLength(4);
  });

  test("is renewed behind a middleware that has changed the body", async () => {
    const { server, open } = await serveTokens({ api: expired });
    const change: Middleware = (request, next) =>
      next(new Request(request, { body: '{"name":"Altair"}', headers: request.headers }));
    await open({ middleware: [change] }).request(createShip, { body: { name: "Vega" } });
    const bodies = server.requests.filter(({ url }) => url === "/ships").map(({ body }) => body);
    expect(bodies).toEqual(['{"name":"Altair"}', '{"name":"Altair"}']);
  });

  test("can't be renewed for a body that is a stream", async () => {
    const { server, open } = await serveTokens({ api: expired });
    const upload: Operation = {
      ...createShip,
      body: { encoding: "binary", write: binaryBody, mediaType: "application/octet-stream", required: true },
    };
    const body = new Blob(["bytes"]).stream();
    await expect(open().request(upload, { body })).rejects.toMatchObject({ status: 401 });
    expect(server.requests).toHaveLength(2);
  });

  test("may be one of the caller's own making", async () => {
    const { open, seen } = await serveTokens({ api: expired });
    let count = 0;
    const refused: string[] = [];
    const apiKey = Object.assign(() => `token-number-${++count}`, {
      forget: (key: string) => void refused.push(key),
    });
    await open({ apiKey }).request(listShips, {});
    expect(seen()).toEqual(["/ships Bearer token-number-1", "/ships Bearer token-number-2"]);
    expect(refused).toEqual(["token-number-1"]);
  });
});

test("a token is renewed before it expires", async () => {
  const { open, seen } = await serveTokens({ expires: 0.1 });
  const client = open();
  await client.request(listShips, {});
  await new Promise((resolve) => setTimeout(resolve, 120));
  await client.request(listShips, {});
  expect(seen()[3]).toBe("/ships Bearer token-number-2");
});

describe("a token endpoint that fails", () => {
  test.each([
    ["refuses", 401, { error: "invalid_client" }, "AuthenticationError", "invalid_client"],
    ["has no token", 200, { ok: true }, "InvalidResponseError", "the answer has no access_token"],
    [
      "has one of another kind",
      200,
      { access_token: "a", token_type: "mac" },
      "InvalidResponseError",
      "type mac",
    ],
  ])("since it %s is the error of the call", async (_, status, answer, name, message) => {
    const { open, seen } = await serveTokens({ token: (response) => sendJSON(response, status, answer) });
    await expect(open().request(listShips, {})).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(seen()).toHaveLength(1);
  });

  test("for a moment is asked again", async () => {
    const { open, seen } = await serveTokens({
      token: (response, _, count) =>
        count === 1
          ? sendJSON(response, 503, {}, { "retry-after-ms": "1" })
          : sendJSON(response, 200, { access_token: "late-token" }),
    });
    await open().request(listShips, {});
    expect(seen()[2]).toBe("/ships Bearer late-token");
  });
});

test("neither secret nor token is printed", async () => {
  const lines: unknown[] = [];
  const log = (...line: unknown[]) => void lines.push(line);
  const logger = { error: log, warn: log, info: log, debug: log };
  const { open } = await serveTokens({
    api: (response, { headers }) => sendJSON(response, 401, { error: `Not ${headers.authorization}` }),
  });
  const client = open({ logger, logLevel: "debug" });
  const error = await client.request(listShips, {}).catch((reason: unknown) => reason);
  const refused = await serveTokens({
    token: (response, { headers }) =>
      sendJSON(response, 401, { error: `Not ${headers.authorization} ${pair.clientSecret}` }),
  });
  const other = await refused
    .open()
    .request(listShips, {})
    .catch((reason: unknown) => reason);
  const printed = [error, other, client, lines, (error as { body?: unknown }).body].map((each) =>
    inspect(each, { depth: 9 }),
  );
  expect(printed[0]).toContain("[redacted]");
  expect(printed.join()).not.toMatch(/token-number|s3cret|cHJvZ3Jhb/);
});

test("a dry run asks for no token", async () => {
  const { open, server } = await serveTokens();
  await expect(open().request(listShips, {}, { dryRun: true })).rejects.toMatchObject({
    name: "DryRunError",
    request: { headers: { authorization: "[redacted]" } },
  });
  expect(server.requests).toEqual([]);
});
