import type { EventStream } from "@hawser/runtime";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openHarbour } from "./generated-client.ts";

interface Sighting {
  readonly ship: string;
}
type Answer = EventStream<Sighting> | { readonly sightings: Sighting[] };

interface Harbour {
  readonly sightings: {
    list(params: object | undefined, options?: object): Promise<Answer>;
    lines(options?: object): Promise<Answer>;
    search(body: object | undefined, options?: object): Promise<Answer>;
    watch(params?: object, options?: object): Promise<Answer>;
    follow(params?: object, options?: object): Promise<Answer>;
  };
}

const sightings = [{ ship: "Aurora" }, { ship: "Boreas" }];
const schema = { $ref: "#/components/schemas/Sighting" };

/** An operation with both answers, and what chooses between them. */
const operation = (id: string, mediaType: string, choosing: object = {}) => ({
  operationId: `${id}_sightings`,
  "x-hawser-method": `sightings.${id}`,
  ...choosing,
  responses: {
    200: {
      description: "OK",
      content: {
        [mediaType]: { itemSchema: schema, example: sightings },
        "application/json": {
          schema: {
            type: "object",
            required: ["sightings"],
            properties: { sightings: { type: "array", items: schema } },
          },
          example: { sightings },
        },
      },
    },
  },
});

const query = (name: string, type: string) => ({ parameters: [{ name, in: "query", schema: { type } }] });

const document = {
  openapi: "3.2.0",
  info: { title: "Harbour", version: "1.0.0" },
  servers: [{ url: "http://127.0.0.1:1" }],
  "x-hawser-client": { name: "Harbour" },
  paths: {
    "/events": { get: operation("list", "text/event-stream", query("harbour", "string")) },
    "/lines": { get: operation("lines", "application/jsonl") },
    "/searches": {
      post: operation("search", "text/event-stream", {
        requestBody: {
          content: {
            "application/json": { schema: { type: "object", properties: { name: { type: "string" } } } },
          },
        },
      }),
    },
    "/watches": { get: operation("watch", "text/event-stream", query("stream", "boolean")) },
    "/followers": {
      get: operation("follow", "text/event-stream", {
        ...query("live", "boolean"),
        "x-hawser-stream": { flag: "live", explicit: true },
      }),
    },
  },
  components: {
    schemas: {
      Sighting: { type: "object", required: ["ship"], properties: { ship: { type: "string" } } },
    },
  },
};

const { client, server, close } = await openHarbour<Harbour>(document);
afterAll(close);
beforeEach(() => server.reset());

async function itemsOf(answer: Promise<Answer>): Promise<unknown> {
  const items: Sighting[] = [];
  for await (const item of (await answer) as EventStream<Sighting>) items.push(item);
  return items;
}

const accepted = () => server.requests.at(-1)?.headers.accept;
const asked = () => String(server.requests.at(-1)?.query);

const negotiated: [string, (options?: object) => Promise<Answer>, string][] = [
  ["of a GET", (options) => client.sightings.list(undefined, options), "text/event-stream"],
  ["in JSON lines", (options) => client.sightings.lines(options), "application/jsonl"],
  ["of a POST", (options) => client.sightings.search({ name: "Aurora" }, options), "text/event-stream"],
];

test.each(negotiated)(
  "the option stream chooses the answer %s by its media type",
  async (_of, call, type) => {
    expect(await itemsOf(call({ stream: true }))).toEqual(sightings);
    expect(accepted()).toBe(type);
    for (const options of [undefined, {}, { stream: false }, { stream: undefined }]) {
      expect(await call(options)).toEqual({ sightings });
      expect(accepted()).toBe("application/json");
    }
  },
);

test("a query parameter chooses the answer too", async () => {
  expect(await itemsOf(client.sightings.watch({ stream: true }))).toEqual(sightings);
  expect([asked(), accepted()]).toEqual(["stream=true", "text/event-stream, application/json"]);
  expect(await client.sightings.watch({ stream: false })).toEqual({ sightings });
  expect([asked(), accepted()]).toEqual(["stream=false", "application/json"]);
  expect(await client.sightings.watch()).toEqual({ sightings });
  expect(asked()).toBe("");
});

test("a query parameter is sent by every call where servers stream unless told otherwise", async () => {
  expect(await client.sightings.follow()).toEqual({ sightings });
  expect(asked()).toBe("live=false");
  expect(await itemsOf(client.sightings.follow({ live: true }))).toEqual(sightings);
  expect(asked()).toBe("live=true");
});

test("a server that answers a stream with JSON, or JSON with a stream, is told of", async () => {
  const other = (mediaType: string, options: object) =>
    client.sightings.list(undefined, { ...options, headers: { accept: mediaType } });
  await expect(other("text/event-stream", {})).rejects.toThrow(
    "the answer is a stream, which wasn't asked for",
  );
  const answered = itemsOf(other("application/json", { stream: true }));
  await expect(answered).rejects.toThrow("One body came where a stream was asked for");
});

test("an operation whose answer something else chooses has no option stream", async () => {
  const message = 'watchSightings has no option "stream"';
  await expect(client.sightings.watch({}, { stream: true })).rejects.toThrow(message);
  await expect(client.sightings.list({}, { stream: "yes" })).rejects.toThrow("stream takes true or false");
  expect(server.requests).toEqual([]);
});

test("who accepts everything gets the value, and who accepts nothing of it is told", async () => {
  const answered = async (accept: string) => {
    const response = await fetch(`${server.url}/events`, { headers: { accept } });
    await response.body?.cancel();
    return [response.status, response.headers.get("content-type")?.split(";")[0]];
  };
  expect(await answered("*/*")).toEqual([200, "application/json"]);
  expect(await answered("text/*, application/json;q=0.5")).toEqual([200, "text/event-stream"]);
  expect((await answered("image/png"))[0]).toBe(406);
});
