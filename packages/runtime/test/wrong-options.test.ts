import { expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { sendJSON, useServers } from "./fault-server.ts";
import { apiKey, clientAt, createShip, errorOf, listShips, service } from "./service.ts";

const { serve } = useServers();

test.each([
  ["method", "DELETE"],
  ["headers", { "x-team": "a" }],
  ["body", "{}"],
  ["signal", AbortSignal.abort()],
])("options of fetch don't change the request: %s", async (name, value) => {
  const server = await serve();
  const fetchOptions = { [name]: value };
  const message = `The option fetchOptions can't have ${name}`;
  expect((await errorOf(clientAt(server.url).request(listShips, {}, { fetchOptions }))).message).toContain(
    message,
  );
  const client = clientAt(server.url, { fetchOptions });
  expect((await errorOf(client.request(listShips, {}))).message).toContain(message);
  expect(server.requests).toEqual([]);
  await clientAt(server.url, { fetchOptions: { keepalive: true, signal: undefined } }).request(listShips, {});
  expect(server.requests).toHaveLength(1);
});

test("an idempotency key that is empty, or taken out, lets no costly call be sent twice", async () => {
  for (const key of ["", null]) {
    const server = await serve((response) => sendJSON(response, 503, {}, { "retry-after-ms": "1" }));
    const client = clientAt(server.url, {
      idempotencyHeader: "Idempotency-Key",
      headers: { "idempotency-key": key },
    });
    const sent = server.requests.length;
    await errorOf(client.request({ ...createShip, retry: "costly" }, { body: {} }));
    const answered = server.requests.length - sent;
    const other = clientAt(server.url, {});
    await errorOf(other.request(createShip, { body: {} }));
    // As often as without any key.
    expect(answered).toBe(server.requests.length - sent - answered);
  }
});

test("what was sent as the key is what an unknown outcome tells", async () => {
  const server = await serve((response) => response.socket?.destroy());
  const client = clientAt(server.url, { idempotencyHeader: "Idempotency-Key", maxRetries: 0 });
  const headers = { "Idempotency-Key": "mine" };
  expect(await errorOf(client.request(createShip, { body: {} }, { headers }))).toMatchObject({
    name: "UnknownOutcomeError",
    idempotencyKey: "mine",
  });
});

test("what becomes of an object of options after its client was made is not for that client", async () => {
  const [first, second] = [await serve(), await serve()];
  const options = { baseURL: first.url, apiKey };
  const client = createClient(service, options);
  Object.assign(options, { baseURL: second.url, apiKey: "another-key" });
  await client.request(listShips, {});
  await client.withOptions({ maxRetries: 0 }).request(listShips, {});
  expect(first.requests.map(({ headers }) => headers.authorization)).toEqual([
    `Bearer ${apiKey}`,
    `Bearer ${apiKey}`,
  ]);
  expect(second.requests).toEqual([]);
});
