import type { EventStream, MultipartPart, StreamEnd } from "@hawser/runtime";
import { afterAll, expect, test } from "vitest";
import { openHarbour } from "./generated-client.ts";

interface Sighting {
  readonly ship: string;
}

interface Harbour {
  readonly sightings: {
    list(options?: object): Promise<EventStream<Sighting>>;
    lines(options?: object): Promise<EventStream<Sighting>>;
    texts(options?: object): Promise<EventStream<Sighting>>;
    parts(options?: object): Promise<EventStream<Sighting>>;
    charts(options?: object): Promise<EventStream<Sighting | MultipartPart>>;
  };
}

const sightings = [{ ship: "Aurora" }, { ship: "Boreas\n--part" }, { ship: "Cetus" }];
const schema = { $ref: "#/components/schemas/Sighting" };

const operation = (method: string, mediaType: string, media: object) => ({
  get: {
    operationId: `${method}_sightings`,
    "x-hawser-method": `sightings.${method}`,
    responses: { 200: { description: "OK", content: { [mediaType]: media } } },
  },
});

/** An operation for every sequential media type of OpenAPI 3.2, and for what they look like in documents before it. */
const document = {
  openapi: "3.2.0",
  info: { title: "Harbour", version: "1.0.0" },
  servers: [{ url: "http://127.0.0.1:1" }],
  "x-hawser-client": { name: "Harbour" },
  paths: {
    "/events": operation("list", "text/event-stream", { itemSchema: schema, example: sightings }),
    "/lines": operation("lines", "application/jsonl", { itemSchema: schema, example: sightings }),
    "/texts": operation("texts", "application/geo+json-seq", {
      schema: { type: "array", items: schema },
      example: sightings,
    }),
    "/parts": operation("parts", "multipart/mixed", { itemSchema: schema, example: sightings }),
    "/charts": operation("charts", "multipart/mixed", {
      schema: { type: "array", prefixItems: [schema], items: {} },
      prefixEncoding: [{ contentType: "application/json" }],
      itemEncoding: { contentType: "image/svg+xml" },
      example: [sightings[0], "<svg>"],
    }),
  },
  components: {
    schemas: {
      Sighting: { type: "object", required: ["ship"], properties: { ship: { type: "string" } } },
    },
  },
};

const { client, server, close } = await openHarbour<Harbour>(document);
afterAll(close);

async function read<Item>(stream: EventStream<Item>): Promise<{ items: Item[]; end: StreamEnd }> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return { items, end: await stream.end };
}

const kinds = [
  ["list", "text/event-stream"],
  ["lines", "application/jsonl"],
  ["texts", "application/geo+json-seq"],
  ["parts", "multipart/mixed"],
] as const;

test.each(kinds)("a generated client reads what a mock server sends: %s, %s", async (method, mediaType) => {
  for (const prefer of ["", "chunk-size=1", "chunk-size=7"]) {
    const stream = await client.sightings[method]({ headers: { prefer } });
    expect(await read(stream)).toEqual({ items: sightings, end: { reason: "complete" } });
  }
  expect(server.requests.at(-1)?.headers.accept).toBe(`${mediaType}, application/json`);
});

test("parts of other types come as their headers and bytes", async () => {
  const { items, end } = await read(await client.sightings.charts());
  const [first, second] = items as [Sighting, MultipartPart];
  expect(first).toEqual(sightings[0]);
  expect(second.headers.get("content-type")).toBe("image/svg+xml");
  expect(new TextDecoder().decode(second.data)).toBe("<svg>");
  expect(end).toEqual({ reason: "complete" });
});

/** Where the second item has begun, in bytes, and the first one is whole. */
const within = [
  ["texts", 30],
  ["parts", 100],
] as const;

test.each(within)("%s that are cut off are truncated, or an error", async (method, place) => {
  const { items, end } = await read(await client.sightings[method]({ headers: { prefer: `end=${place}` } }));
  expect([items, end]).toEqual([sightings.slice(0, 1), { reason: "truncated" }]);
  const broken = await client.sightings[method]({ headers: { prefer: `cut=${place}` } });
  await expect(read(broken)).rejects.toMatchObject({ name: "StreamError", reason: "connection" });
});

test.each(within)("%s that go silent run out of time", async (method, place) => {
  const stream = await client.sightings[method]({
    headers: { prefer: `stall=${place}` },
    timeout: { firstEvent: 60_000, idle: 200 },
  });
  await expect(read(stream)).rejects.toMatchObject({ name: "TimeoutError", clock: "idle" });
});
