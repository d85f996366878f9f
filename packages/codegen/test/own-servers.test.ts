import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { represent, writeFiles } from "../src/generate.ts";
import { printTypeScript } from "../src/print/typescript/print-typescript.ts";
import { document, repository, representationOf } from "./documents.ts";
import { withServer } from "./server.ts";

const done = { status: 204 };
const get = (id: string) => `get: { operationId: ${id}, responses: { 204: { description: Done. } } }`;

/** A client generated from a document, as a program has it; the folder lies where the runtime is found. */
async function opened<Result>(
  yaml: string,
  use: (Client: new (options?: object) => Harbour) => Promise<Result>,
): Promise<Result> {
  const parent = join(repository, "packages/codegen/.results");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "own-servers-"));
  try {
    const files = await printTypeScript(representationOf(document(yaml)), { importExtension: ".ts" });
    await writeFiles(folder, files);
    const module = await import(/* @vite-ignore */ pathToFileURL(join(folder, "index.ts")).href);
    return await use(module.Harbour);
  } finally {
    await rm(folder, { recursive: true });
  }
}

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
          async (Client) => {
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
