import { describe, expect, test } from "vitest";
import {
  type ClientOptions,
  createValidation,
  EventStream,
  InvalidRequestError,
  InvalidResponseError,
  type Operation,
  type OperationSchemas,
  type ValueSchema,
} from "../src/index.ts";
import { sendJSON, useServers } from "./fault-server.ts";
import { apiKey, clientAt, createShip, errorOf, getShip, listShips } from "./service.ts";

const { serve } = useServers();

/** A schema of no library: an object whose `name` is a text. */
const ship: ValueSchema = {
  "~standard": {
    validate: (value) =>
      typeof (value as { name?: unknown }).name === "string"
        ? { value: { name: "changed" } }
        : { issues: [{ message: "It has to be a text.", path: ["name"] }] },
  },
};

/** The same of a library that takes its time. */
const slow: ValueSchema = {
  "~standard": { validate: async (value) => ship["~standard"].validate(value) },
};

/** Whatever it is given, these are its issues. */
function refusing(
  ...issues: { message: string; path?: (PropertyKey | { key: PropertyKey })[] }[]
): ValueSchema {
  return { "~standard": { validate: () => ({ issues }) } };
}

function checking(schemas: Record<string, OperationSchemas>): ClientOptions {
  return { validate: createValidation(schemas) };
}

const watchShips = {
  ...listShips,
  id: "watchShips",
  outcomes: [{ status: "200", kind: "stream", mediaType: "text/event-stream" }],
  stream: { mode: "always", framing: "server-sent-events", item: "payload", type: EventStream },
} as const satisfies Operation;

describe("a request", () => {
  test("that isn't as described is not sent, and the error says where", async () => {
    const server = await serve((response) => sendJSON(response, 200, { name: "Vega" }));
    const client = clientAt(server.url, checking({ createShip: { body: slow } }));
    const error = await errorOf(client.request(createShip, { body: { name: 1 } }));
    expect(InvalidRequestError.is(error) && error.issues).toEqual([
      { message: "It has to be a text.", path: ["name"] },
    ]);
    expect(error.message).toBe("createShip: the request isn't as described: body.name: It has to be a text.");
    expect(server.requests).toEqual([]);
  });

  test("that is as described is sent as the caller gave it, whatever the schema would make of it", async () => {
    const server = await serve((response) => sendJSON(response, 200, { name: "Vega" }));
    await clientAt(server.url, checking({ createShip: { body: ship } })).request(createShip, {
      body: { name: "Vega" },
    });
    expect(server.requests[0]?.body).toBe('{"name":"Vega"}');
  });

  test("has its params checked too, and what it hasn't got isn't checked", async () => {
    const server = await serve((response) => sendJSON(response, 200, {}));
    const schemas = {
      params: refusing({ message: "No.", path: ["fleet"] }),
      body: refusing({ message: "No." }),
    };
    const client = clientAt(server.url, checking({ listShips: schemas, getShip: { body: schemas.body } }));
    expect((await errorOf(client.request(listShips, { params: { fleet: "a" } }))).message).toContain(
      "params.fleet: No.",
    );
    await client.request(getShip, { path: { id: "vega" } });
    expect(server.requests).toHaveLength(1);
  });

  test("is said to be wrong in three places at most, each in the words of a program", async () => {
    const issues = [
      { message: "A.", path: [{ key: "tugs" }, 0, "first name"] },
      { message: "B.", path: [] },
      { message: "C." },
      { message: "D." },
      { message: "E." },
    ];
    const client = clientAt("http://127.0.0.1:9", checking({ createShip: { body: refusing(...issues) } }));
    expect((await errorOf(client.request(createShip, { body: {} }))).message).toMatch(
      /: body\.tugs\[0\]\["first name"\]: A\. body: B\. body: C\. And 2 more\.$/,
    );
  });

  test("isn't checked when only answers are, when the call says so, and when nothing is known of its operation", async () => {
    const server = await serve((response) => sendJSON(response, 200, {}));
    const schemas = { createShip: { body: refusing({ message: "No." }) } };
    const lax = clientAt(server.url, { validate: createValidation(schemas, { requests: false }) });
    await lax.request(createShip, { body: {} });
    const strict = clientAt(server.url, checking(schemas));
    await strict.request(createShip, { body: {} }, { validate: false });
    await strict.request({ ...createShip, id: "toString" }, { body: {} });
    expect(server.requests).toHaveLength(3);
  });
});

describe("an answer", () => {
  test("that isn't as described is an error that keeps what came", async () => {
    const server = await serve((response) =>
      response
        .writeHead(201, { "content-type": "application/json", "x-request-id": "r1" })
        .end(JSON.stringify({ name: 7, echo: apiKey })),
    );
    const client = clientAt(server.url, checking({ getShip: { answers: { "2XX": slow } } }));
    const error = await errorOf(client.request(getShip, { path: { id: "vega" } }));
    if (!InvalidResponseError.is(error)) throw error;
    expect(error).toMatchObject({
      status: 201,
      requestId: "r1",
      issues: [{ message: "It has to be a text.", path: ["name"] }],
      body: { name: 7, echo: apiKey },
    });
    expect(error.message).toMatch(
      /^201 from GET http.*\/ships\/vega, but it isn't as described: answer\.name: It has to be a text\.$/,
    );
    expect(error.rawBody).not.toContain(apiKey);
    expect(Object.keys(error)).not.toContain("body");
    expect(JSON.stringify(error)).not.toContain("echo");
  });

  test("comes as a result too", async () => {
    const server = await serve((response) => sendJSON(response, 200, { name: 7 }));
    const client = clientAt(server.url, checking({ getShip: { answers: { default: ship } } }));
    const result = await client.request(getShip, { path: { id: "vega" } }).result();
    expect(result).toMatchObject({ ok: false, status: undefined, error: { name: "InvalidResponseError" } });
  });

  test("is used as it came where a function is told of it", async () => {
    const server = await serve((response) => sendJSON(response, 200, { name: 7 }));
    const heard: InvalidResponseError[] = [];
    const validate = createValidation(
      { getShip: { answers: { "200": ship } } },
      { answers: (error) => heard.push(error) },
    );
    const client = clientAt(server.url, { validate });
    expect(await client.request(getShip, { path: { id: "vega" } })).toEqual({ name: 7 });
    expect(heard.map(({ body }) => body)).toEqual([{ name: 7 }]);
  });

  test("isn't checked when that is turned off, when it has no body, and when it is an error", async () => {
    const schemas = { getShip: { answers: { default: refusing({ message: "No." }) } } };
    const server = await serve((response, _request, count) =>
      count === 1
        ? response.writeHead(200, { "content-type": "application/json" }).end('{"name":"Vega"}')
        : response.writeHead(count === 2 ? 204 : 404).end(),
    );
    const off = clientAt(server.url, { validate: createValidation(schemas, { answers: false }) });
    expect(await off.request(getShip, { path: { id: "vega" } })).toEqual({ name: "Vega" });
    const client = clientAt(server.url, checking(schemas));
    expect(await client.request(getShip, { path: { id: "vega" } })).toBeUndefined();
    expect((await errorOf(client.request(getShip, { path: { id: "vega" } }))).name).toBe("NotFoundError");
  });
});

describe("a stream", () => {
  const items = async (schema: ValueSchema, answers: boolean | ((error: Error) => void) = true) => {
    const server = await serve((response) =>
      response
        .writeHead(200, { "content-type": "text/event-stream" })
        .end('data: {"name":"Vega"}\n\ndata: {"name":7}\n\ndata: {"name":"Lyra"}\n\n'),
    );
    const validate = createValidation({ watchShips: { items: schema } }, { answers });
    const stream = await clientAt(server.url, { validate }).request<EventStream<unknown>>(watchShips, {});
    const seen: unknown[] = [];
    try {
      for await (const item of stream) seen.push(item);
    } catch (error) {
      return { seen, error: error as Error, end: await stream.end };
    }
    return { seen, end: await stream.end };
  };

  test("ends with an error at the first item that isn't as described", async () => {
    const { seen, error, end } = await items(ship);
    expect(seen).toEqual([{ name: "Vega" }]);
    expect(error).toMatchObject({ name: "InvalidResponseError", status: 200, body: { name: 7 } });
    expect(error?.message).toContain("item.name: It has to be a text.");
    expect(end).toEqual({ reason: "error", error });
  });

  test("goes on where a function is told of such items", async () => {
    const heard: Error[] = [];
    const { seen, end } = await items(ship, (error) => heard.push(error));
    expect([seen.length, heard.length, end.reason]).toEqual([3, 1, "complete"]);
  });

  test("can't be checked by a schema that takes its time", async () => {
    expect((await items(slow)).error?.message).toBe(
      "The schema of watchShips's items has to be synchronous.",
    );
  });
});
