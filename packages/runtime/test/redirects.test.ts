import { describe, expect, test } from "vitest";
import { binaryBody, type RedirectError } from "../src/index.ts";
import { type Answerer, sendJSON, useServers } from "./fault-server.ts";
import { apiKey, clientAt, createShip, failureOf, listShips, replaceShip } from "./service.ts";

const { serve } = useServers();

/** Answers `/ships` with a redirect and everything else with JSON. */
function redirect(status: number, location: string): Answerer {
  return (response, { url }) => {
    if (url.startsWith("/ships")) response.writeHead(status, { location }).end("moved");
    else sendJSON(response, 200, { at: url });
  };
}

describe("a redirect to the same origin", () => {
  test.each([301, 302, 303, 307, 308])("%i is followed, with the key", async (status) => {
    const server = await serve(redirect(status, "/fleet?a=1"));
    expect(await clientAt(server.url).request(listShips, {})).toEqual({ at: "/fleet?a=1" });
    expect(server.requests[1]).toMatchObject({
      method: "GET",
      headers: { authorization: `Bearer ${apiKey}` },
    });
  });

  const methods: [
    status: number,
    sent: typeof createShip | typeof replaceShip,
    method: string,
    body: string,
  ][] = [
    [301, createShip, "GET", ""],
    [302, createShip, "GET", ""],
    [303, createShip, "GET", ""],
    [303, replaceShip as never, "GET", ""],
    [301, replaceShip as never, "PUT", '{"name":"Vega"}'],
    [307, createShip, "POST", '{"name":"Vega"}'],
    [308, createShip, "POST", '{"name":"Vega"}'],
  ];
  test.each(methods)("%i goes on with the right method and body", async (status, operation, method, body) => {
    const server = await serve(redirect(status, "/fleet"));
    await clientAt(server.url).request(operation, { body: { name: "Vega" } });
    expect(server.requests[1]).toMatchObject({ method, body, url: "/fleet" });
    const type = server.requests[1]?.headers["content-type"];
    expect(type).toBe(body === "" ? undefined : "application/json");
  });

  test("with a body that a middleware replaced is followed with that body, and with the key", async () => {
    const server = await serve(redirect(307, "/fleet"));
    await clientAt(server.url, {
      middleware: [(request, next) => next(new Request(request, { body: "replaced" }))],
    }).request(createShip, { body: {} });
    expect(server.requests.map(({ body }) => body)).toEqual(["replaced", "replaced"]);
    const keys = server.requests.map(({ headers }) => headers.authorization);
    expect(keys).toEqual([`Bearer ${apiKey}`, `Bearer ${apiKey}`]);
  });

  test("with a stream as its body is an error that says so", async () => {
    const server = await serve(redirect(307, "/fleet"));
    const upload = {
      ...createShip,
      body: { encoding: "binary", write: binaryBody, mediaType: "text/plain", required: true },
    } as const;
    const body = new Blob(["bytes"]).stream();
    await expect(clientAt(server.url).request(upload, { body })).rejects.toMatchObject({
      name: "RedirectError",
      message: expect.stringContaining("is a stream and can be sent only once"),
    });
  });

  test("without end is an error", async () => {
    const server = await serve((response) => response.writeHead(302, { location: "/ships" }).end());
    const error = await failureOf(server.url, listShips);
    expect(error).toMatchObject({
      name: "RedirectError",
      message: expect.stringContaining("more than 5 times"),
    });
    expect(server.requests).toHaveLength(6);
  });
});

describe("behind a redirect a costly operation may be done already, so it reaches the server once", () => {
  test("when the second answer is lost", async () => {
    const server = await serve((response, { url }) => {
      if (url.startsWith("/ships")) response.writeHead(303, { location: "/fleet" }).end();
      else response.socket?.destroy();
    });
    expect(await failureOf(server.url, createShip)).toMatchObject({
      name: "UnknownOutcomeError",
      cause: { neverSent: false },
    });
    expect(server.requests.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  test("when the second request can't even be sent", async () => {
    const fetch = async (request: RequestInfo | URL) => {
      if ((request as Request).method === "GET")
        throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
      return new Response(null, { status: 303, headers: { location: "/fleet" } });
    };
    const error = await failureOf("https://harbour.test", createShip, { client: { fetch } });
    expect(error).toMatchObject({ name: "UnknownOutcomeError", cause: { neverSent: false, attempts: 1 } });
  });

  test("when the second answer is a 503 with a wait", async () => {
    const server = await serve((response, { url }) => {
      if (url.startsWith("/ships")) response.writeHead(303, { location: "/fleet" }).end();
      else sendJSON(response, 503, {}, { "retry-after-ms": "1" });
    });
    expect(await failureOf(server.url, createShip)).toMatchObject({ status: 503, attempts: 1 });
    expect(server.requests).toHaveLength(2);
  });
});

describe("a redirect to another origin", () => {
  test("is an error while a key is attached, and nothing reaches the other", async () => {
    const other = await serve((response) => sendJSON(response, 200, {}));
    const server = await serve(redirect(302, `${other.url}/elsewhere?signature=abc`));
    const error = (await failureOf(server.url, listShips)) as RedirectError;
    expect(error).toMatchObject({
      name: "RedirectError",
      status: 302,
      location: `${other.url}/elsewhere?signature=abc`,
    });
    expect(error.message).toContain('its header "authorization" would leave its origin');
    expect(`${error.message}${JSON.stringify(error)}`).not.toContain("signature");
    expect(other.requests).toHaveLength(0);
  });

  test("is an error for a key in a header of its own name", async () => {
    const other = await serve((response) => sendJSON(response, 200, {}));
    const server = await serve(redirect(307, other.url));
    const headers = { "X-API-KEY": "secret" };
    const operation = { ...listShips, security: [] };
    const error = await failureOf(server.url, operation, { headers });
    expect(error).toMatchObject({ name: "RedirectError", message: expect.stringContaining('"x-api-key"') });
    expect(other.requests).toHaveLength(0);
  });

  test("is followed by a GET that carries nothing of the caller's", async () => {
    const other = await serve((response) => sendJSON(response, 200, { from: "other" }));
    const server = await serve(redirect(302, other.url));
    expect(await clientAt(server.url).request({ ...listShips, security: [] }, {})).toEqual({ from: "other" });
  });

  test("is an error for a body", async () => {
    const other = await serve((response) => sendJSON(response, 200, {}));
    const server = await serve(redirect(307, other.url));
    const error = await failureOf(server.url, { ...createShip, security: [] });
    expect(error).toMatchObject({
      name: "RedirectError",
      message: expect.stringContaining("what it carries"),
    });
    expect(other.requests).toHaveLength(0);
  });
});

test("a redirect to no address is an error", async () => {
  const server = await serve(redirect(302, "http://[broken"));
  expect(await failureOf(server.url, listShips)).toMatchObject({ name: "RedirectError", status: 302 });
});

test("a redirect that browsers hide is an error that says what to do", async () => {
  const hidden = Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
  const error = await failureOf("https://harbour.test", listShips, { client: { fetch: async () => hidden } });
  expect(error).toMatchObject({ name: "RedirectError", status: undefined });
  expect(error.message).toContain("set baseURL to the address it ends at");
});
