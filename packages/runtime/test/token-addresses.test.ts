import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type ClientOptions,
  clientCredentials,
  createClient,
  locateServers,
  type Operation,
  type Service,
} from "../src/index.ts";
import { sendJSON, useServers } from "./fault-server.ts";
import { listShips, service } from "./service.ts";

const { serve } = useServers();

/** A vendor, whose tokens are given at another host, and a stand-in for all of it. */
async function harbour(tokenPath = "/oauth/token") {
  const answering = () =>
    serve((response, { url }) =>
      sendJSON(response, 200, url.includes("token") ? { access_token: "the-token" } : { ok: true }),
    );
  const [vendor, identity, mock] = [await answering(), await answering(), await answering()];
  const withTokens = (tokenUrl: string, more: Partial<Service> = {}): Service => ({
    ...service,
    servers: [{ url: `${vendor.url}/v1` }],
    security: { oauth: { type: "oauth2", tokenUrl, grant: clientCredentials } },
    ...more,
  });
  const atVendor = withTokens(`${vendor.url}${tokenPath}`);
  const elsewhere = withTokens(`${identity.url}${tokenPath}`);
  return { vendor, identity, mock, withTokens, atVendor, elsewhere };
}

/** A client whose tokens nobody else has. */
const open = (given: Service, options: ClientOptions = {}) =>
  createClient(given, {
    fetch: (input, init) => fetch(input, init),
    clientId: "program",
    clientSecret: "s3cret",
    ...options,
  });
const urlsOf = ({ requests }: { requests: readonly { url: string }[] }) => requests.map(({ url }) => url);

afterEach(() => {
  vi.unstubAllEnvs();
});

test("tokens are asked for where the document says, at the vendor's or at another host", async () => {
  const { vendor, identity, mock, atVendor, elsewhere } = await harbour();
  await open(atVendor).request(listShips, {});
  await open(elsewhere).request(listShips, {});
  expect(urlsOf(vendor)).toEqual(["/oauth/token", "/v1/ships", "/v1/ships"]);
  expect([urlsOf(identity), urlsOf(mock)]).toEqual([["/oauth/token"], []]);
});

describe("a base URL", () => {
  test.each([
    ["/oauth/token", "/oauth/token"],
    ["/v1/token?kind=program", "/api/token?kind=program"],
    ["/v10/token", "/v10/token"],
  ])("takes the token URL of a server along: %s", async (path, moved) => {
    const { vendor, mock, atVendor } = await harbour(path);
    await open(atVendor, { baseURL: `${mock.url}/api` }).request(listShips, {});
    expect(urlsOf(mock)).toEqual([moved, "/api/ships"]);
    expect(urlsOf(vendor)).toEqual([]);
  });

  test.each(["by the option", "by the environment"])(
    "%s sends no secret to the vendor's other host: somebody has to say where tokens are",
    async (way) => {
      const { vendor, identity, mock, elsewhere } = await harbour();
      if (way === "by the environment") vi.stubEnv("HARBOUR_TEST_BASE_URL", mock.url);
      const client = open(elsewhere, way === "by the option" ? { baseURL: mock.url } : {});
      await expect(client.request(listShips, {})).rejects.toMatchObject({
        name: "InvalidRequestError",
        message: expect.stringContaining("option tokenURL"),
      });
      await expect(client.request(listShips, {}, { dryRun: true })).rejects.toMatchObject({
        name: "DryRunError",
      });
      expect([...urlsOf(vendor), ...urlsOf(identity), ...urlsOf(mock)]).toEqual([]);
      await client.withOptions({ tokenURL: `${mock.url}/my/token` }).request(listShips, {});
      expect(urlsOf(mock)).toEqual(["/my/token", "/ships"]);
      expect(urlsOf(identity)).toEqual([]);
    },
  );

  test("needs no token URL where there is a token, or where the host of tokens is its own", async () => {
    const { identity, mock, elsewhere, withTokens } = await harbour();
    const bare = createClient(elsewhere, { baseURL: mock.url, apiKey: "my-token" });
    await bare.request(listShips, {});
    await open(withTokens(`${mock.url}/token`), { baseURL: `${mock.url}/api` }).request(listShips, {});
    expect([urlsOf(identity), urlsOf(mock)]).toEqual([[], ["/ships", "/token", "/api/ships"]]);
  });

  test("that is one of the document's servers is no other place", async () => {
    const { identity, vendor, withTokens } = await harbour();
    const servers = [{ url: "https://harbour.test/v1" }, { url: `${vendor.url}/trial` }];
    const here = withTokens(`${identity.url}/token`, { servers, locate: locateServers });
    await open(here, { baseURL: `${vendor.url}/trial` }).request(listShips, {});
    expect([urlsOf(identity), urlsOf(vendor)]).toEqual([["/token"], ["/trial/ships"]]);
  });
});

describe("with servers to choose from", () => {
  test("tokens of an operation's own server move with it alone", async () => {
    const { vendor, identity, mock, withTokens } = await harbour();
    const own = { name: "identity", url: `${identity.url}/{path}`, variables: { path: { default: "v2" } } };
    const here = withTokens(`${identity.url}/v2/token`, { operationServers: [own], locate: locateServers });
    const whoAmI: Operation = { ...listShips, id: "whoAmI", path: "/me", servers: [own] };
    const client = open(here, { serverURLs: { identity: `${mock.url}/id` } });
    await client.request(whoAmI, {});
    await client.request(listShips, {});
    expect(urlsOf(mock)).toEqual(["/id/token", "/id/me"]);
    expect([urlsOf(vendor), urlsOf(identity)]).toEqual([["/v1/ships"], []]);
    await open(here, { baseURL: mock.url }).request(listShips, {});
    expect(urlsOf(mock).slice(2)).toEqual(["/token", "/ships"]);
  });

  test("and none at the top, an absolute token URL is used, and a relative one needs the option", async () => {
    const { vendor, identity, mock, withTokens } = await harbour();
    const own = { name: "ships", url: vendor.url };
    const there: Partial<Service> = { servers: [], operationServers: [own], locate: locateServers };
    const call: Operation = { ...listShips, servers: [own] };
    await open(withTokens(`${identity.url}/token`, there)).request(call, {});
    expect([urlsOf(identity), urlsOf(vendor)]).toEqual([["/token"], ["/ships"]]);
    const moved = open(withTokens(`${identity.url}/token`, there), { serverURLs: { ships: mock.url } });
    await expect(moved.request(call, {})).rejects.toThrow("option tokenURL");
    await expect(open(withTokens("/token", there)).request(call, {})).rejects.toThrow("option tokenURL");
    expect([urlsOf(identity), urlsOf(mock)]).toEqual([["/token"], []]);
  });
});

test.each([
  "/token",
  "ftp://harbour.test/token",
  "https://me:s3cret@harbour.test/token",
  "https://a.test/#b",
])("a token URL that can't be one is refused, and not shown: %s", async (tokenURL) => {
  const { atVendor } = await harbour();
  const error = (() => {
    try {
      return open(atVendor, { tokenURL });
    } catch (reason) {
      return reason;
    }
  })();
  expect(error).toMatchObject({ name: "InvalidRequestError" });
  expect(String(error)).toContain("The option tokenURL takes an absolute http(s) URL");
  expect(String(error)).not.toContain("s3cret");
});

test("options for tokens are refused where nobody would ask for one", () => {
  expect(() => createClient(service, { clientId: "a", clientSecret: "b" })).toThrow(
    "The option clientId is for services that give tokens, and Harbour names no grant.",
  );
  expect(() => createClient(service, { tokenURL: "https://a.test" })).toThrow("The option tokenURL is for");
});
