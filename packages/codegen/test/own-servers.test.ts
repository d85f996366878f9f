import { expect, test } from "vitest";
import { represent } from "../src/generate.ts";
import { document } from "./documents.ts";
import { opened } from "./opened.ts";
import { withServer } from "./server.ts";

const done = { status: 204 };
const get = (id: string) => `get: { operationId: ${id}, responses: { 204: { description: Done. } } }`;

interface Harbour {
  readonly ships: { list(): Promise<void> };
  readonly charts: { list(): Promise<void> };
}

test("a generated client sends an operation to its own server, and everything to its base URL", async () => {
  const paths = {
    "/v1/ships": done,
    "/eu/charts": done,
    "/us/charts": done,
    "/ships": done,
    "/charts": done,
  };
  const asked = await withServer(paths, async (main, toMain) =>
    withServer(paths, async (own, toOwn) =>
      withServer(paths, async (mock, toMock) => {
        await opened(
          `
x-hawser-client: { name: Harbour }
servers: [{ url: '${main}v1' }]
paths:
  /ships: { ${get("listShips")} }
  /charts:
    servers: [{ name: charts, url: '${own}{region}', variables: { region: { default: eu, enum: [eu, us] } } }]
    ${get("listCharts")}
`,
          async ({ Harbour }) => {
            const Client = Harbour as new (options?: object) => Harbour;
            const call = async (options?: object) => {
              const client = new Client(options);
              await client.ships.list();
              await client.charts.list();
            };
            await call();
            await call({ serverVariables: { region: "us" } });
            await call({ baseURL: mock });
            await call({ serverURLs: { charts: mock } });
            expect(() => new Client({ serverVariables: { region: "mars" } })).toThrow("takes one of");
          },
        );
        return [toMain, toOwn, toMock].map((requests) => requests.map(({ url }) => url));
      }),
    ),
  );
  expect(asked).toEqual([
    ["/v1/ships", "/v1/ships", "/v1/ships"],
    ["/eu/charts", "/us/charts"],
    ["/ships", "/charts", "/charts"],
  ]);
});

test("servers relative to a document of the web are where it is", async () => {
  const text = JSON.stringify(
    document(`
servers: [{ url: ../v1 }]
paths: { /charts: { servers: [{ url: /charts }], ${get("listCharts")} }, /ships: { ${get("listShips")} } }`),
  );
  await withServer({ "/docs/openapi.json": { body: text } }, async (url) => {
    const { ir, changes } = await represent({ document: `${url}docs/openapi.json` });
    expect(ir.servers).toEqual([{ url: `${url}v1` }]);
    expect(ir.operations.map(({ servers }) => servers)).toEqual([[{ url: `${url}charts` }], undefined]);
    expect(changes.filter(({ rule }) => rule === "servers").map(({ pointer }) => pointer)).toEqual([
      "#/servers/0/url",
      "#/paths/~1charts/servers/0/url",
      "#/paths/~1charts/get/servers",
    ]);
  });
});
