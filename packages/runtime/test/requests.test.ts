import { describe, expect, test } from "vitest";
import { binaryBody, createClient, multipartBody, type Operation } from "../src/index.ts";
import { type Answerer, type FaultServer, sendJSON, useServers } from "./fault-server.ts";
import { apiKey, clientAt, createShip, getShip, listShips, service } from "./service.ts";

const { serve } = useServers();

describe("a request carries", () => {
  test("method, path, key, media types and agent, and nothing nobody set", async () => {
    const server = await serve();
    await clientAt(`${server.url}/v1/`).request(getShip, { path: { id: "a/b" } });
    const [{ method, url, headers, body }] = server.requests as [FaultServer["requests"][0]];
    expect({ method, url, body }).toEqual({ method: "GET", url: "/v1/ships/a%2Fb", body: "" });
    expect(headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${apiKey}`,
      "user-agent": expect.stringMatching(/^hawser\/\d+\.\d+\.\d+$/),
    });
    expect(headers["content-type"]).toBeUndefined();
    expect(headers["idempotency-key"]).toBeUndefined();
  });

  test("parameters where the operation says they go", async () => {
    const server = await serve();
    const operation: Operation = {
      ...listShips,
      path: "/ships?beta=true#fragment",
      parameters: [
        { name: "limit", in: "query" },
        { name: "tags", in: "query", explode: false },
        { name: "X-Fleet", in: "header" },
        { name: "session", in: "cookie" },
        { name: "absent", in: "query" },
      ],
    };
    const params = { limit: 5, tags: ["a", "b"], "X-Fleet": "north", session: "s 1", absent: undefined };
    await clientAt(server.url, { query: { a: 1, b: 2 } }).request(
      operation,
      { params },
      { query: { b: [3, 4], c: null } },
    );
    expect(server.requests[0]).toMatchObject({
      url: "/ships?beta=true&limit=5&tags=a,b&a=1&b=3&b=4",
      headers: { "x-fleet": "north", cookie: "session=s%201" },
    });
  });

  test("headers of the call before those of the client before its own, and null removes", async () => {
    const server = await serve();
    const headers = { "x-a": "client", "x-b": "client", "user-agent": "mine/1" };
    await clientAt(server.url, { headers }).request(
      createShip,
      { body: {} },
      {
        headers: { "X-A": "call", "x-b": null, accept: undefined },
      },
    );
    const seen = server.requests[0]!.headers;
    expect(seen).toMatchObject({ "x-a": "call", "user-agent": "mine/1", accept: "application/json" });
    expect(seen["x-b"]).toBeUndefined();
  });

  test("the caller's own Authorization instead of a key", async () => {
    const server = await serve();
    const client = createClient(service, { baseURL: server.url, headers: { authorization: "Bearer own" } });
    await client.request(listShips, {});
    expect(server.requests[0]?.headers.authorization).toBe("Bearer own");
    // `undefined` leaves a header as it is.
    await client.request(listShips, {}, { headers: { authorization: undefined } });
    expect(server.requests[1]?.headers.authorization).toBe("Bearer own");
  });

  test("no key when the caller removes it", async () => {
    const server = await serve();
    await clientAt(server.url).request(listShips, {}, { headers: { Authorization: null } });
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  test("keys in query and cookie", async () => {
    const server = await serve();
    const security = {
      query: { type: "apiKey", in: "query", name: "api_key" },
      cookie: { type: "apiKey", in: "cookie", name: "session" },
    } as const;
    const operation: Operation = {
      ...listShips,
      security: [{ query: [], cookie: [] }],
      parameters: [{ name: "theme", in: "cookie" }],
    };
    const client = createClient({ ...service, security }, { baseURL: server.url, apiKey: "k1" });
    await client.request(operation, { params: { theme: "dark" } });
    expect(server.requests[0]).toMatchObject({
      url: "/ships?api_key=k1",
      headers: { cookie: "theme=dark; session=k1" },
    });
  });

  test("unknown body members the caller adds", async () => {
    const server = await serve();
    await clientAt(server.url).request(createShip, { body: { name: "Vega" } }, { extraBody: { draft: 2 } });
    expect(server.requests[0]?.body).toBe('{"name":"Vega","draft":2}');
  });

  test("members that were given as an object as the pairs the wire wants", async () => {
    const server = await serve();
    const maps = { env_vars: { key: "key", value: "value" } };
    const operation: Operation = { ...createShip, body: { ...createShip.body, maps } };
    class Draft {
      env_vars = { HF_TOKEN: "x" };
    }
    await clientAt(server.url).request(operation, { body: new Draft() });
    await clientAt(server.url).request(operation, { body: {} }, { extraBody: { env_vars: { a: 1 } } });
    expect(server.requests.map(({ body }) => body)).toEqual([
      '{"env_vars":[{"key":"HF_TOKEN","value":"x"}]}',
      '{"env_vars":[{"key":"a","value":1}]}',
    ]);
    const wrong = clientAt(server.url).request(operation, { body: { env_vars: "A=1" } });
    await expect(wrong).rejects.toThrow(`the body's member "env_vars" takes an object or a list`);
    expect(server.requests).toHaveLength(2);
  });

  test("a form with the boundary that fetch chose, on every attempt", async () => {
    const server = await serve((response, _, count) =>
      sendJSON(response, count === 1 ? 503 : 200, {}, { "retry-after-ms": "1" }),
    );
    const upload: Operation = {
      ...createShip,
      body: { encoding: "multipart", write: multipartBody, mediaType: "multipart/form-data", required: true },
    };
    const headers = { "content-type": "multipart/form-data" };
    await clientAt(server.url).request(upload, { body: { file: new Blob(["bytes"]), n: 1 } }, { headers });
    expect(server.requests).toHaveLength(2);
    for (const { headers: seen, body } of server.requests) {
      const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(seen["content-type"] ?? "")?.[1];
      expect(boundary).toBeDefined();
      expect(body.split(`--${boundary}`)).toHaveLength(4);
      expect(body).toContain('name="file"; filename="file"');
    }
  });

  test("a stream as its body, once", async () => {
    const server = await serve((response) => sendJSON(response, 503, {}, { "retry-after-ms": "1" }));
    const upload: Operation = {
      ...createShip,
      retry: "idempotent",
      body: { encoding: "binary", write: binaryBody, mediaType: "application/octet-stream", required: true },
    };
    const body = new Blob(["bytes"]).stream();
    await expect(clientAt(server.url).request(upload, { body })).rejects.toMatchObject({
      status: 503,
      attempts: 1,
    });
    expect(server.requests).toMatchObject([
      { body: "bytes", headers: { "content-type": "application/octet-stream" } },
    ]);
  });
});

describe("an idempotency key", () => {
  const fail: Answerer = (response, _, count) =>
    sendJSON(response, count < 3 ? 500 : 200, {}, { "retry-after-ms": "1", "x-should-retry": "true" });

  test("of the caller's is the same on every attempt", async () => {
    const server = await serve(fail);
    await clientAt(server.url).request(createShip, { body: {} }, { idempotencyKey: "once-1" });
    expect(server.requests.map(({ headers }) => headers["idempotency-key"])).toEqual([
      "once-1",
      "once-1",
      "once-1",
    ]);
  });

  test("is made per call where the server honours them, and costly calls are then repeated", async () => {
    const server = await serve((response, _, count) =>
      sendJSON(response, count === 1 ? 500 : 200, {}, { "retry-after-ms": "1" }),
    );
    const client = clientAt(server.url, { idempotencyHeader: "X-Once" });
    await client.request(createShip, { body: {} });
    await client.request(createShip, { body: {} });
    await client.request(listShips, {});
    const [first, second, third, fourth] = server.requests.map(({ headers }) => headers["x-once"]);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(fourth).toBeUndefined();
  });
});

test("the function that gives the key is asked once per call", async () => {
  const server = await serve((response, _, count) =>
    sendJSON(response, count === 1 ? 503 : 200, {}, { "retry-after-ms": "1" }),
  );
  let asked = 0;
  const client = clientAt(server.url, { apiKey: async () => `key-number-${++asked}` });
  await client.request(listShips, {});
  await client.request(listShips, {});
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer key-number-1",
    "Bearer key-number-1",
    "Bearer key-number-2",
  ]);
});

test("options for fetch are passed on, except for how redirects are followed", async () => {
  const seen: unknown[] = [];
  const fetch = async (_: RequestInfo | URL, init?: RequestInit) => {
    seen.push(init);
    return Response.json({});
  };
  const client = clientAt("https://harbour.test", {
    fetch,
    fetchOptions: { credentials: "include", redirect: "follow" },
  });
  await client.request(listShips, {});
  expect(seen).toEqual([{ credentials: "include", redirect: "manual" }]);
});
