import { afterEach, expect, test, vi } from "vitest";
import { createClient, DryRunError, InvalidRequestError, locateServers, type Service } from "../src/index.ts";
import { useServers } from "./fault-server.ts";
import { apiKey, getShip, listShips, service } from "./service.ts";

const { serve } = useServers();

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A harbour at one server, whose charts are at another. */
async function harbour() {
  const [main, charts, gateway] = [await serve(), await serve(), await serve()];
  const own = { name: "charts", url: `${charts.url}/{version}`, variables: { version: { default: "v2" } } };
  const here: Service = {
    ...service,
    servers: [{ url: `${main.url}/v1` }],
    operationServers: [own],
    locate: locateServers,
  };
  const listCharts = { ...listShips, id: "listCharts", path: "/charts", servers: [own] } as const;
  return { main, charts, gateway, here, listCharts };
}

const urlsOf = ({ requests }: { requests: readonly { url: string }[] }) => requests.map(({ url }) => url);

test("an operation goes to its own server, the others to the service's", async () => {
  const { main, charts, here, listCharts } = await harbour();
  const client = createClient(here, { apiKey });
  await client.request(listShips, {});
  await client.request(listCharts, {});
  await client.withOptions({ serverVariables: { version: "v3" } }).request(listCharts, {});
  await client.request(getShip, { path: { id: "vega" } });
  expect(urlsOf(main)).toEqual(["/v1/ships", "/v1/ships/vega"]);
  expect(urlsOf(charts)).toEqual(["/v2/charts", "/v3/charts"]);
});

test("a base URL moves every operation: none goes where the document says", async () => {
  const { main, charts, gateway, here, listCharts } = await harbour();
  const client = createClient(here, { apiKey, baseURL: `${gateway.url}/api` });
  await client.request(listShips, {});
  await client.request(listCharts, {});
  expect(urlsOf(gateway)).toEqual(["/api/ships", "/api/charts"]);
  expect([...urlsOf(main), ...urlsOf(charts)]).toEqual([]);
});

test("a base URL of the environment does so too", async () => {
  const { main, charts, gateway, here, listCharts } = await harbour();
  vi.stubEnv("HARBOUR_TEST_BASE_URL", gateway.url);
  const client = createClient(here, { apiKey });
  await client.request(listShips, {});
  await client.request(listCharts, {});
  expect(urlsOf(gateway)).toEqual(["/ships", "/charts"]);
  expect([...urlsOf(main), ...urlsOf(charts)]).toEqual([]);
});

test("one server can be put elsewhere, with a base URL and without", async () => {
  const { main, charts, gateway, here, listCharts } = await harbour();
  const serverURLs = { charts: `${gateway.url}/charts-host` };
  await createClient(here, { apiKey, serverURLs }).request(listShips, {});
  await createClient(here, { apiKey, serverURLs }).request(listCharts, {});
  const both = createClient(here, { apiKey, serverURLs, baseURL: `${gateway.url}/api` });
  await both.request(listShips, {});
  await both.request(listCharts, {});
  expect(urlsOf(main)).toEqual(["/v1/ships"]);
  expect(urlsOf(gateway)).toEqual(["/charts-host/charts", "/api/ships", "/charts-host/charts"]);
  expect(urlsOf(charts)).toEqual([]);
});

test("the key goes to the operation's own server, and to no other origin", async () => {
  const { main, charts, gateway, here, listCharts } = await harbour();
  const client = createClient(here, { apiKey });
  await client.request(listCharts, {});
  expect(charts.requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
  const elsewhere = client.withOptions({
    middleware: [(request, next) => next(new Request(`${gateway.url}/other`, request))],
  });
  await elsewhere.request(listCharts, {});
  // Of what goes to the own server, the service's server is another origin too.
  const astray = client.withOptions({
    middleware: [(request, next) => next(new Request(`${main.url}/other`, request))],
  });
  await astray.request(listCharts, {});
  expect(gateway.requests[0]?.headers.authorization).toBeUndefined();
  expect(main.requests[0]?.headers.authorization).toBeUndefined();
});

test("an operation without security sends its own server no key", async () => {
  const { charts, here, listCharts } = await harbour();
  await createClient(here, { apiKey }).request({ ...listCharts, security: [] }, {});
  expect(charts.requests[0]?.headers.authorization).toBeUndefined();
});

test("a redirect from the own server to the service's is another origin, and not followed with a key", async () => {
  const { main, here, listCharts } = await harbour();
  const moved = await serve((response) => {
    response.writeHead(307, { location: `${main.url}/v1/ships` }).end();
  });
  const client = createClient(here, { apiKey, serverURLs: { charts: moved.url }, maxRetries: 0 });
  await expect(client.request(listCharts, {})).rejects.toMatchObject({ name: "RedirectError" });
  expect(main.requests).toEqual([]);
});

test("what can't be told is an error of the call, and nothing is sent", async () => {
  const { main, charts, here, listCharts } = await harbour();
  const client = createClient(here, { apiKey });
  const call = client.request({ ...listCharts, servers: [{ url: "/charts" }] }, {});
  await expect(call).rejects.toThrow(InvalidRequestError);
  await expect(call).rejects.toThrow(`The server of listCharts of Harbour's document is "/charts", relative`);
  expect([...urlsOf(main), ...urlsOf(charts)]).toEqual([]);
});

test("a dry run shows the own server", async () => {
  const { charts, here, listCharts } = await harbour();
  const error = await createClient(here, { apiKey })
    .request(listCharts, {}, { dryRun: true })
    .then(undefined, (reason: unknown) => reason);
  expect(DryRunError.is(error) && (error as DryRunError).request.url).toBe(`${charts.url}/v2/charts`);
});
