import { expect, test } from "vitest";
import { document, runPass } from "../../test/documents.ts";
import { costs } from "./costs.ts";

const here = "#/paths/~1ships/post/x-hawser-cost";
const shop = (cost: string, list = "x-hawser-pages: { scheme: none, items: /data },") =>
  document(`
paths:
  /ships:
    post:
      operationId: buyShip
      x-hawser-cost: ${cost}
      requestBody: { content: { application/json: { schema: { properties: { kind: {} } } } } }
      responses: { 200: { content: { application/json: { schema: { type: object, properties: { price: {} } } } } } }
  /prices:
    get: { operationId: list-prices, ${list} responses: { 200: { content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { type: object, properties: { id: {}, rate: {} } } } } } } } } } }
`);

test("a sound cost is no problem", () => {
  const doc = shop(
    "{ perHour: /price, prices: { operation: list-prices, perHour: /rate, match: { kind: /id } } }",
  );
  expect(runPass(costs, doc)).toEqual({ changes: [], problems: [] });
  expect(runPass(costs, shop("{ perHour: /price }")).problems).toEqual([]);
});

test("a list of prices can be the data itself", () => {
  const doc = shop(
    "{ perHour: /price, prices: { operation: list-prices, perHour: /rate, match: { kind: /id } } }",
    "x-hawser-envelope: { data: /data },",
  );
  expect(runPass(costs, doc).problems).toEqual([]);
});

test.each<[string, { given: string; list?: string; want: string[] }]>([
  [
    "places and members that aren't there",
    {
      given:
        "{ perHour: /cost, prices: { operation: list-prices, perHour: /hourly, match: { kind: /kind, size: /id } } }",
      want: [
        `${here}/perHour: the data of buyShip has no /cost: correct the pointer or the schema.`,
        `${here}/prices/perHour: an item of list-prices has no /hourly: correct the pointer or the schema.`,
        `${here}/prices/match/kind: an item of list-prices has no /kind: correct the pointer or the schema.`,
        `${here}/prices/match/size: the request body of buyShip has no member "size".`,
      ],
    },
  ],
  [
    "prices of an operation that isn't there",
    {
      given: "{ perHour: /price, prices: { operation: gone, perHour: /rate, match: { kind: /id } } }",
      want: [`${here}/prices/operation: there is no operation "gone".`],
    },
  ],
  [
    "prices that cost themselves",
    {
      given: "{ perHour: /price, prices: { operation: buyShip, perHour: /rate, match: { kind: /id } } }",
      want: [
        `${here}/prices/operation: buyShip has a cost of its own: prices are looked up where it is free.`,
        `${here}/prices/operation: buyShip gives no list: say with x-hawser-pages where its items are.`,
      ],
    },
  ],
  [
    "prices that are no list",
    {
      given: "{ perHour: /price, prices: { operation: list-prices, perHour: /rate, match: { kind: /id } } }",
      list: "",
      want: [
        `${here}/prices/operation: list-prices gives no list: say with x-hawser-pages where its items are.`,
      ],
    },
  ],
])("%s is a problem", (_name, { given, list, want }) => {
  expect(runPass(costs, shop(given, list)).problems).toEqual(want);
});

test("only what is costly has an outcome that can be unknown", () => {
  const doc = document(`
paths:
  /a:
    get: { x-hawser-when-unknown: Look. }
    post: { x-hawser-when-unknown: Look. }
    put: { x-hawser-when-unknown: Look., x-hawser-retry: costly }
    patch: { x-hawser-when-unknown: Look., x-hawser-retry: idempotent }
`);
  const message =
    "the operation is not costly, so that it is simply sent again: take it out, or set x-hawser-retry: costly.";
  expect(runPass(costs, doc).problems).toEqual([
    `#/paths/~1a/get/x-hawser-when-unknown: ${message}`,
    `#/paths/~1a/patch/x-hawser-when-unknown: ${message}`,
  ]);
});
