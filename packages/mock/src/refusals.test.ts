import { connect } from "node:net";
import { afterAll, expect, test } from "vitest";
import { documentAnswering, documentOf, key, question, runcrate, send } from "../test/helpers.ts";
import { createMockServer } from "./create-mock-server.ts";

const server = await createMockServer(runcrate);
afterAll(() => server.close());

const errorOf = async (response: Response) =>
  ((await response.json()) as { error: Record<string, unknown> }).error;

test("a request without a key gets the API's own 401", async () => {
  const response = await fetch(`${server.url}/models`);
  expect(response.status).toBe(401);
  expect(await errorOf(response)).toEqual({ code: "unauthorized", message: "Missing or invalid API key." });
});

test("a body that is wrong gets the API's own 422, with what is wrong", async () => {
  const response = await send(server, "POST", "/chat/completions", { body: { model: "m" } });
  expect(response.status).toBe(422);
  expect(await errorOf(response)).toEqual({
    code: "validation_error",
    message: "Request body must have required property 'messages'",
    details: { fields: [{ path: "", message: "Request body must have required property 'messages'" }] },
  });
});

test("what is wrong is told of the variant the request means", async () => {
  const body = {
    model: "m",
    messages: [{ role: "user" }, { role: "captain", content: "" }],
    temperature: "hot",
  };
  const { message } = await errorOf(await send(server, "POST", "/chat/completions", { body }));
  expect(message).toBe(
    "Request body property messages.0 must have required property 'content'; " +
      "Request body property messages.1.role must be equal to one of the allowed values: " +
      "developer, system, user, assistant, tool, function; " +
      "Request body property temperature must be number,null",
  );
});

test.each(server.operations.filter(({ method }) => method === "POST").map(({ id, path }) => [id, path]))(
  "%s checks its body",
  async (_, path) => {
    const response = await send(server, "POST", path, { body: [] });
    expect(response.status).toBeOneOf([415, 422]);
  },
);

test("a body that isn't JSON gets a 400 that says why, at once", async () => {
  const response = await send(server, "POST", "/chat/completions", { body: '{"model":' });
  expect(response.status).toBe(400);
  expect((await errorOf(response)).message).toMatch(/^The request body is not valid JSON: Unexpected end/);
});

test("a body of another type is turned down with the types there are", async () => {
  const response = await send(server, "POST", "/chat/completions", {
    body: "model=m",
    headers: { "content-type": "text/plain" },
  });
  expect(response.status).toBe(422);
  expect((await errorOf(response)).message).toBe("Supported content types: application/json");
});

test("a body over the cap gets 413, whether or not it tells its length", async () => {
  await using small = await createMockServer({ ...runcrate, maxBodyBytes: 1000 });
  const long = { ...question, user: "x".repeat(200_000) };
  const told = await send(small, "POST", "/chat/completions", { body: long });
  expect([told.status, await told.json()]).toMatchObject([
    413,
    { detail: expect.stringContaining("1000 bytes") },
  ]);
  const stream = new Blob([JSON.stringify(long)]).stream();
  const untold = await fetch(`${small.url}/chat/completions`, {
    method: "POST",
    body: stream,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    duplex: "half",
  } as RequestInit);
  expect(untold.status).toBe(413);
});

test("an unknown path gets 404 with the nearest paths", async () => {
  const response = await send(server, "POST", "/chat/completion", { body: question });
  expect(response.status).toBe(404);
  const { message } = await errorOf(response);
  expect(message).toMatch(
    /^There is no POST \/chat\/completion. The nearest: POST \/v1\/chat\/completions, /,
  );
});

test("a method a path doesn't take gets 405 with those it takes", async () => {
  const response = await send(server, "DELETE", "/models");
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET");
  expect(await response.json()).toMatchObject({
    status: 405,
    detail: "/models does not take DELETE, only GET.",
  });
});

test("a preference that is unknown gets a 400 that names it", async () => {
  const response = await send(server, "GET", "/models", { prefer: "exmple=a" });
  expect(response.status).toBe(400);
  expect((await errorOf(response)).message).toMatch(/exmple=a is not known/);
});

test("where the document has no shape for an error, it is a problem", async () => {
  const document = documentAnswering({ 204: { description: "" } });
  await using bare = await createMockServer({ document });
  const response = await send(bare, "GET", "/thing", { prefer: "code=500" });
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toEqual({
    type: "about:blank",
    title: "Bad Request",
    status: 400,
    detail: "getThing has no answer 500. There are 204.",
  });
});

test("a stream without a transcript is told, not made up", async () => {
  const document = documentAnswering({
    200: { description: "", content: { "text/event-stream": { schema: { type: "string" } } } },
  });
  await using bare = await createMockServer({ document });
  const response = await send(bare, "GET", "/thing");
  expect([response.status, await response.json()]).toMatchObject([
    501,
    { detail: expect.stringMatching(/no transcript/) },
  ]);
});

test("validation can be turned off, all of it or half", async () => {
  await using lax = await createMockServer({ ...runcrate, validate: false });
  const bad = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
  expect((await fetch(`${lax.url}/chat/completions`, bad)).status).toBe(200);
  await using strict = await createMockServer({ ...runcrate, validate: { security: false } });
  expect((await fetch(`${strict.url}/models`)).status).toBe(200);
  expect((await fetch(`${strict.url}/chat/completions`, bad)).status).toBe(422);
});

test("parameters are checked like bodies", async () => {
  const limit = { name: "limit", in: "query", schema: { type: "integer" } };
  const get = { operationId: "list", parameters: [limit], responses: { 200: { description: "" } } };
  await using lists = await createMockServer({ document: documentOf({ "/list": { get } }) });
  expect((await send(lists, "GET", "/list?limit=3")).status).toBe(200);
  const response = await send(lists, "GET", "/list?limit=many");
  expect(await response.json()).toMatchObject({
    status: 422,
    detail: "Request query parameter limit must be integer",
  });
});

test("a client that leaves while it sends is no failure", async () => {
  const { promise, resolve } = later<string>();
  await using logged = await createMockServer({ ...runcrate, logger: resolve });
  const socket = connect(logged.port, "127.0.0.1");
  socket.write("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{");
  await new Promise((sent) => socket.write('"model"', sent));
  socket.destroy();
  expect(await promise).toMatch(/^POST \/v1\/chat\/completions - \d+ ms \(client left\)$/);
  expect(logged.requests).toEqual([]);
});

function later<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test("a path that can't be decoded is the request's fault", async () => {
  const response = await send(server, "GET", "/videos/%zz", {});
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("is not percent-encoded UTF-8");
});
