import { expect, test } from "vitest";
import { typeErrors } from "../../../test/check-types.ts";
import { clientOf, document, representationOf, textOf } from "../../../test/documents.ts";
import { printPython } from "../python/print-python.ts";

const head = "info: { title: Harbour, version: 1.0.0 }\nx-hawser-client: { name: Harbour }\n";
const get = (id: string, rest = "") =>
  `{ get: { operationId: ${id}, summary: Lists., responses: { 204: { description: Done. } } ${rest} } }`;
const regions = "{ region: { default: eu, enum: [eu, us], description: Where it is. } }";
const choice = document(`${head}
servers:
  - { url: 'https://{region}.harbour.example/v1', name: live, description: The harbour., variables: ${regions} }
  - { url: https://trial.harbour.example }
paths:
  /ships: ${get("listShips")}
  /charts: ${get(
    "listCharts",
    `, servers: [{ url: 'https://charts.harbour.example/{version}', variables: { version: { default: v2 } } }]`,
  )}
`);

test("an operation has its own servers, and the service all that options can name", async () => {
  const text = textOf(await clientOf(choice), "operations.ts");
  expect(text).toContain(`  servers: [
    {
      url: "https://{region}.harbour.example/v1",
      name: "live",
      description: "The harbour.",
      variables: { region: { default: "eu", enum: ["eu", "us"] } },
    },
    { url: "https://trial.harbour.example" },
  ],
  operationServers: [
    { url: "https://charts.harbour.example/{version}", variables: { version: { default: "v2" } } },
  ],
  locate: locateServers,`);
  expect(text).toContain(`  path: "/charts",
  servers: [
    { url: "https://charts.harbour.example/{version}", variables: { version: { default: "v2" } } },
  ],`);
  expect(text).toContain("or `https://eu.harbour.example/v1`.");
  expect(text).toContain(
    "It has a server of its own: `https://charts.harbour.example/v2`. A `baseURL` moves it too.",
  );
});

test("the options are typed by names and values of the document", async () => {
  const use = `import { Harbour, type HarbourOptions } from "./index.js";
import { createClient, listCharts } from "./operations.js";
const options: HarbourOptions = {
  server: "live",
  serverVariables: { region: "us", version: "v3" },
  serverURLs: { live: "http://a.test", "https://charts.harbour.example/{version}": "http://b.test" },
};
const client = new Harbour(options).withOptions({ server: "https://trial.harbour.example" });
await client.charts.list();
await listCharts(createClient(options));
// @ts-expect-error there is no such server
new Harbour({ server: "liev" });
// @ts-expect-error there is no such region
new Harbour({ serverVariables: { region: "mars" } });
// @ts-expect-error there is no such variable
new Harbour({ serverVariables: { regoin: "eu" } });
// @ts-expect-error there is no such server
new Harbour({ serverURLs: { liev: "http://a.test" } });
`;
  expect(typeErrors(await clientOf(choice), use)).toEqual([]);
});

test("a client of one plain server has none of it", async () => {
  const plain = document(`${head}servers: [{ url: https://harbour.example, name: live }]
paths: { /ships: ${get("listShips")} }`);
  const files = await clientOf(plain);
  expect(files.map(({ content }) => content).join()).not.toMatch(/locateServers|serverURLs|operationServers/);
  expect(textOf(files, "client.ts")).toContain("export type HarbourOptions = ClientOptions;");
});

test("servers that are URLs and nothing else can be chosen by any text", async () => {
  const plain = document(`${head}servers: [{ url: https://a.example }, { url: https://b.example }]
paths: { /ships: ${get("listShips")} }`);
  const files = await clientOf(plain);
  expect(textOf(files, "operations.ts")).toContain("locate: locateServers,");
  expect(textOf(files, "client.ts")).toContain("export type HarbourOptions = ClientOptions;");
  expect(typeErrors(files)).toEqual([]);
});

test("a document that names servers at operations alone makes a client", async () => {
  const nowhere = document(
    `${head}paths: { /charts: ${get("listCharts", ", servers: [{ url: https://c.example }]")} }`,
  );
  const files = await clientOf(nowhere);
  expect(typeErrors(files)).toEqual([]);
  expect(textOf(files, "operations.ts")).toContain(`servers: [],
  operationServers: [{ url: "https://c.example" }],
  locate: locateServers,`);
});

test("the Python printer says it too", () => {
  const text = printPython(representationOf(choice))
    .map(({ content }) => content)
    .join();
  expect(text).toContain("It has a server of its own: https://charts.harbour.example/v2.");
});
