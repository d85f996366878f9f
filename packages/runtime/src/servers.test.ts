import { afterEach, describe, expect, test, vi } from "vitest";
import { locateServer, type ServerOptions } from "./base-url.ts";
import { InvalidRequestError } from "./errors.ts";
import type { Operation, Server, Service } from "./operation.ts";
import { locateServers } from "./servers.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const regions = { region: { default: "eu", enum: ["eu", "us"] } };
const live: Server = { name: "live", url: "https://{region}.harbour.test/v1", variables: regions };
const trial: Server = { name: "trial", url: "https://trial.harbour.test" };
const uploads: Server = { name: "uploads", url: "https://up-{region}.harbour.test", variables: regions };
const service: Service = {
  name: "Harbour",
  version: "1.0.0",
  servers: [live, trial],
  operationServers: [uploads],
  security: {},
  environment: { baseURL: "HARBOUR_SERVERS_URL" },
};
const getShip: Operation = { id: "getShip", method: "GET", path: "/ship", retry: "safe", outcomes: [] };
const sendChart: Operation = { ...getShip, id: "sendChart", servers: [uploads] };

const mock = "http://127.0.0.1:4010";

describe("where operations go, the usual one and the one with a server of its own", () => {
  test.each<[name: string, options: ServerOptions, usual: string, own: string]>([
    ["without options", {}, "https://eu.harbour.test/v1", "https://up-eu.harbour.test"],
    [
      "a value of a variable goes into every URL that has it",
      { serverVariables: { region: "us" } },
      "https://us.harbour.test/v1",
      "https://up-us.harbour.test",
    ],
    [
      "a value that is undefined is the default",
      { serverVariables: { region: undefined } },
      "https://eu.harbour.test/v1",
      "https://up-eu.harbour.test",
    ],
    [
      "a server by its name; where there is one, there is no choice",
      { server: "trial" },
      "https://trial.harbour.test",
      "https://up-eu.harbour.test",
    ],
    [
      "a server by its URL in the document",
      { server: "https://{region}.harbour.test/v1", serverVariables: { region: "us" } },
      "https://us.harbour.test/v1",
      "https://up-us.harbour.test",
    ],
    ["a base URL moves all", { baseURL: `${mock}/v1/` }, `${mock}/v1`, `${mock}/v1`],
    [
      "a base URL moves all, whatever is chosen of the document",
      { baseURL: mock, server: "trial", serverVariables: { region: "us" } },
      mock,
      mock,
    ],
    [
      "a URL for one server moves that one",
      { serverURLs: { uploads: `${mock}/up/` } },
      "https://eu.harbour.test/v1",
      `${mock}/up`,
    ],
    [
      "a URL for one server goes before the base URL, and is found by the URL in the document too",
      { baseURL: mock, serverURLs: { "https://up-{region}.harbour.test": `${mock}/up` } },
      mock,
      `${mock}/up`,
    ],
    [
      "a URL for a server that isn't chosen changes nothing",
      { serverURLs: { trial: mock } },
      "https://eu.harbour.test/v1",
      "https://up-eu.harbour.test",
    ],
    [
      "a URL for the one that is chosen",
      { server: "trial", serverURLs: { trial: mock, live: "https://never.test" } },
      mock,
      "https://up-eu.harbour.test",
    ],
  ])("%s", (_name, options, usual, own) => {
    const addresses = locateServers(service, options);
    expect(addresses.baseURL).toBe(usual);
    expect(addresses.of(getShip)).toBe(usual);
    expect(addresses.of(sendChart)).toBe(own);
  });

  test("a base URL of the environment moves all too", () => {
    vi.stubEnv("HARBOUR_SERVERS_URL", mock);
    const addresses = locateServers(service, { server: "trial" });
    expect([addresses.baseURL, addresses.of(sendChart)]).toEqual([mock, mock]);
    expect(locateServers(service, { serverURLs: { uploads: "http://up.test" } }).of(sendChart)).toBe(
      "http://up.test",
    );
  });

  test("an empty list of servers is none", () => {
    expect(locateServers(service, { baseURL: mock }).of({ ...getShip, servers: [] })).toBe(mock);
    expect(locateServers(service, {}).of({ ...getShip, servers: [] })).toBe("https://eu.harbour.test/v1");
  });

  test("a service without servers of its own sends those operations that have some", () => {
    const addresses = locateServers({ ...service, servers: [] }, {});
    expect(addresses.baseURL).toBe("");
    expect(addresses.of(sendChart)).toBe("https://up-eu.harbour.test");
    expect(() => addresses.of(getShip)).toThrow("The document of Harbour names no server for getShip");
    expect(locateServers({ ...service, servers: [] }, { baseURL: mock }).of(getShip)).toBe(mock);
  });
});

describe("what the options get wrong is named", () => {
  test.each<[name: string, options: ServerOptions, message: string]>([
    [
      "a server nobody knows",
      { server: "live2" },
      'The option server names "live2", which Harbour\'s document doesn\'t: it has "live", "https://{region}.harbour.test/v1", "trial"',
    ],
    ["a URL for a server nobody knows", { serverURLs: { upload: mock } }, 'serverURLs names "upload"'],
    [
      "… also beside a base URL",
      { baseURL: mock, serverURLs: { upload: mock } },
      'serverURLs names "upload"',
    ],
    [
      "a variable nobody knows",
      { serverVariables: { regoin: "us" } },
      'serverVariables names "regoin", which Harbour\'s document doesn\'t: it has "region".',
    ],
    [
      "a value that isn't among those there are",
      { serverVariables: { region: "mars" } },
      'The option serverVariables has "mars" for "region", which takes one of "eu", "us".',
    ],
    ["a base URL that is none", { baseURL: "harbour.test" }, "The option baseURL is not an absolute URL"],
    [
      "a URL of a server that is none",
      { serverURLs: { uploads: "ftp://up.test" } },
      'The option serverURLs, server "uploads", starts with ftp:',
    ],
    [
      "a name every object has",
      { serverVariables: { toString: "us" } as never },
      'serverVariables names "toString"',
    ],
  ])("%s", (_name, options, message) => {
    expect(() => locateServers(service, options)).toThrow(InvalidRequestError);
    expect(() => locateServers(service, options)).toThrow(message);
  });

  test("a choice that an operation with several servers doesn't have is made by its call", () => {
    const others: Server[] = [{ url: "https://a.test" }, { name: "b", url: "https://b.test" }];
    const known = { ...service, operationServers: others };
    const operation = { ...getShip, servers: others };
    expect(locateServers(known, {}).of(operation)).toBe("https://a.test");
    expect(() => locateServers(known, { server: "trial" }).of(operation)).toThrow(
      'The option server names "trial", and the servers of getShip of Harbour are "https://a.test", "b", "https://b.test"',
    );
    expect(locateServers(known, { server: "trial", baseURL: mock }).of(operation)).toBe(mock);
    expect(() => locateServers(known, { server: "b" })).toThrow("the servers of Harbour are");
  });

  test("a value that only some servers take is for those", () => {
    const east = {
      url: "https://{region}.east.test",
      variables: { region: { default: "jp", enum: ["jp", "us"] } },
    };
    const known = { ...service, operationServers: [uploads, east] };
    const addresses = locateServers(known, { serverVariables: { region: "us" } });
    expect(addresses.of({ ...getShip, servers: [east] })).toBe("https://us.east.test");
    const other = { ...known, servers: [trial] };
    expect(() => locateServers(other, { serverVariables: { region: "jp" } }).of(sendChart)).toThrow(
      'has "jp" for "region", which takes one of "eu", "us"',
    );
    expect(() => locateServers(other, { serverVariables: { region: "mars" } })).toThrow('has "mars"');
    expect(() => locateServers(other, { baseURL: mock, serverVariables: { region: "mars" } })).toThrow(
      "mars",
    );
  });

  test("a relative server needs somebody to say where it is", () => {
    const relative: Service = { ...service, servers: [{ url: "/v1" }], operationServers: [{ url: "../up" }] };
    expect(() => locateServers(relative, {})).toThrow(
      `The server of Harbour's document is "/v1", relative to where the document is, which isn't known`,
    );
    const operation = { ...getShip, servers: [{ url: "../up" }] };
    const found = locateServers(relative, { serverURLs: { "/v1": `${mock}/v1`, "../up": `${mock}/up` } });
    expect([found.baseURL, found.of(operation)]).toEqual([`${mock}/v1`, `${mock}/up`]);
    expect(() => locateServers(relative, { serverURLs: { "/v1": mock } }).of(operation)).toThrow(
      `The server of getShip of Harbour's document is "../up"`,
    );
  });
});

describe("a value that can be any text", () => {
  const free = (url: string): Service => ({
    ...service,
    servers: [{ url, variables: { name: { default: "north" } } }],
  });
  const hosts = free("https://{name}.harbour.test/v1");
  const paths = free("https://harbour.test/{name}/v1");
  const whole = free("{name}/v1");

  test.each<[value: string, service: Service, want: string]>([
    ["south", hosts, "https://south.harbour.test/v1"],
    ["a.b-c", hosts, "https://a.b-c.harbour.test/v1"],
    ["localhost:8080/x", paths, "https://harbour.test/localhost:8080/x/v1"],
    ["http://10.0.0.1:8080", whole, "http://10.0.0.1:8080/v1"],
    ["$&", paths, "https://harbour.test/$&/v1"],
  ])("%s stands in the URL", (name, given, want) => {
    expect(locateServers(given, { serverVariables: { name } }).baseURL).toBe(want);
  });

  test.each<[value: unknown, service: Service]>([
    ["evil.test/", hosts],
    ["evil.test#", hosts],
    ["evil.test?", hosts],
    ["evil.test\\", hosts],
    ["me@evil.test", hosts],
    ["evil .test", hosts],
    ["evil%2etest", hosts],
    ["", hosts],
    [7, hosts],
    ["..", paths],
    ["a/../../b", paths],
    ["%2e%2e", paths],
    ["a?b", paths],
    ["{name}", paths],
  ])("%o can't lead elsewhere", (name, given) => {
    const locate = () => locateServers(given, { serverVariables: { name: name as string } });
    expect(locate).toThrow(InvalidRequestError);
    expect(locate).toThrow(
      `The option serverVariables has ${JSON.stringify(name)} for "name", which takes a`,
    );
  });

  test("what isn't http is refused wherever it comes from", () => {
    expect(() => locateServers(whole, { serverVariables: { name: "javascript:alert(1)" } })).toThrow(
      "starts with javascript:",
    );
    expect(() => locateServers({ ...service, servers: [{ url: "javascript:alert(1)" }] }, {})).toThrow(
      "starts with javascript:",
    );
  });
});

describe("a service that names nothing to choose servers with", () => {
  const plain: Service = { ...service, servers: [trial] };

  test("goes to the base URL, else to its one server", () => {
    expect(locateServer(plain, {}).of(getShip)).toBe("https://trial.harbour.test");
    expect(locateServer(plain, { baseURL: mock }).of(getShip)).toBe(mock);
    expect(() => locateServer({ ...plain, servers: [{ url: "/v1" }] }, {})).toThrow('is "/v1", relative to');
  });

  test("takes no option for it, and no operation with servers of its own", () => {
    expect(() => locateServer(plain, { server: "trial" })).toThrow("The option server is for documents with");
    expect(() => locateServer(plain, { serverURLs: { trial: mock } })).toThrow(
      "The option serverURLs is for",
    );
    expect(() => locateServer(plain, {}).of(sendChart)).toThrow("Harbour has to name locateServers");
  });
});
