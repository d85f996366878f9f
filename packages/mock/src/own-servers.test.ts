import { expect, test } from "vitest";
import { documentOf } from "../test/helpers.ts";
import { createMockServer } from "./create-mock-server.ts";

const regions = { region: { default: "eu", enum: ["eu", "us"] } };
const answers = { 200: { description: "OK", content: { "application/json": { example: { chart: 1 } } } } };
const get = (operationId: string) => ({ get: { operationId, responses: answers } });
const document = documentOf(
  {
    "/ships": get("listShips"),
    "/charts": {
      servers: [{ url: "https://charts.example/{region}/v2", variables: regions }],
      ...get("listCharts"),
    },
    "/pilots": {
      get: { ...get("listPilots").get, servers: [{ url: "../pilots/" }] },
    },
  },
  { servers: [{ url: "https://harbour.example/v1" }] },
);

test("operations with servers of their own are found where a client's base URL puts them", async () => {
  await using server = await createMockServer({ document });
  for (const path of ["/ships", "/charts", "/pilots"]) {
    const response = await fetch(`${server.url}${path}`);
    expect(await response.json()).toEqual({ chart: 1 });
  }
  expect(server.requests.map(({ path, operationId }) => [path, operationId])).toEqual([
    ["/v1/ships", "listShips"],
    ["/v1/charts", "listCharts"],
    ["/v1/pilots", "listPilots"],
  ]);
});

test("they are found at the paths of their own servers too, where no others are", async () => {
  await using server = await createMockServer({ document });
  const origin = `http://127.0.0.1:${server.port}`;
  const statuses = ["/eu/v2/charts", "/pilots/pilots", "/eu/v2/ships", "/us/v2/charts", "/eu/v2/pilots"].map(
    async (path) => [path, (await fetch(`${origin}${path}`)).status],
  );
  expect(await Promise.all(statuses)).toEqual([
    ["/eu/v2/charts", 200],
    ["/pilots/pilots", 200],
    ["/eu/v2/ships", 404],
    ["/us/v2/charts", 404],
    ["/eu/v2/pilots", 404],
  ]);
});
