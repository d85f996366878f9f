import { afterEach, describe, expect, test, vi } from "vitest";
import { authenticate } from "./auth.ts";
import { InvalidRequestError } from "./errors.ts";
import type { Operation, SecurityScheme, Service } from "./operation.ts";
import type { ClientOptions } from "./options.ts";

const operation: Operation = { id: "listShips", method: "GET", path: "/ships", retry: "safe", outcomes: [] };

function serviceWith(security: Record<string, SecurityScheme>): Service {
  return {
    name: "Harbour",
    version: "1",
    servers: [],
    security,
    environment: { apiKey: "HARBOUR_TEST_API_KEY" },
  };
}

function ask(scheme: SecurityScheme, options: ClientOptions, setByHand: string[] = []) {
  return authenticate(serviceWith({ key: scheme }), operation, options, (name) => setByHand.includes(name));
}

const bearer: SecurityScheme = { type: "http", scheme: "bearer" };

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a key goes to where its scheme wants it", () => {
  const nowhere = { headers: [], query: [], cookies: [] };
  const table: [name: string, scheme: SecurityScheme, apiKey: string, want: object][] = [
    ["bearer", bearer, "abc", { ...nowhere, headers: [["Authorization", "Bearer abc"]] }],
    [
      "basic",
      { type: "http", scheme: "basic" },
      "me:pä",
      { ...nowhere, headers: [["Authorization", "Basic bWU6cMOk"]] },
    ],
    [
      "header",
      { type: "apiKey", in: "header", name: "X-API-KEY" },
      "abc",
      { ...nowhere, headers: [["X-API-KEY", "abc"]] },
    ],
    [
      "query",
      { type: "apiKey", in: "query", name: "api key" },
      "a&b",
      { ...nowhere, query: ["api%20key=a%26b"] },
    ],
    [
      "cookie",
      { type: "apiKey", in: "cookie", name: "session" },
      "abc",
      { ...nowhere, cookies: ["session=abc"] },
    ],
    ["access token", { type: "oauth2" }, "abc", { ...nowhere, headers: [["Authorization", "Bearer abc"]] }],
    [
      "identity token",
      { type: "openIdConnect" },
      "abc",
      { ...nowhere, headers: [["Authorization", "Bearer abc"]] },
    ],
  ];
  test.each(table)("%s", async (_, scheme, apiKey, want) => {
    expect(await ask(scheme, { apiKey })).toMatchObject(want);
  });
});

describe("a key comes", () => {
  test("from a function, also one that takes its time", async () => {
    expect((await ask(bearer, { apiKey: () => "abc" })).secrets).toEqual(["abc"]);
    expect((await ask(bearer, { apiKey: async () => "abc" })).secrets).toEqual(["abc"]);
  });
  test("from the environment variable the service names, if no option gives one", async () => {
    vi.stubEnv("HARBOUR_TEST_API_KEY", "from-env");
    expect((await ask(bearer, {})).secrets).toEqual(["from-env"]);
    expect((await ask(bearer, { apiKey: "given" })).secrets).toEqual(["given"]);
  });
  test("from the option for its scheme before the one for all", async () => {
    expect((await ask(bearer, { apiKey: "all", credentials: { key: "own" } })).secrets).toEqual(["own"]);
  });
  test("from nowhere when the caller set the header by hand", async () => {
    expect((await ask(bearer, {}, ["Authorization"])).headers).toEqual([]);
  });
});

describe("alternatives", () => {
  const service = serviceWith({
    bearer,
    header: { type: "apiKey", in: "header", name: "X-API-KEY" },
    tenant: { type: "apiKey", in: "header", name: "X-TENANT" },
  });
  const askFor = (security: Operation["security"], options: ClientOptions) =>
    authenticate(service, { ...operation, ...(security && { security }) }, options, () => false);

  test("without any, the service's first scheme is used", async () => {
    expect((await askFor(undefined, { apiKey: "a" })).headers).toEqual([["Authorization", "Bearer a"]]);
  });
  test("an empty list needs no key", async () => {
    expect((await askFor([], {})).headers).toEqual([]);
  });
  test("the first one that can be met is used", async () => {
    const security = [{ bearer: [] }, { header: [] }];
    expect((await askFor(security, { credentials: { header: "h" } })).headers).toEqual([["X-API-KEY", "h"]]);
    expect((await askFor(security, { apiKey: "a" })).headers).toEqual([["Authorization", "Bearer a"]]);
  });
  test("a key without a colon goes to a scheme that takes it before HTTP basic", async () => {
    const open = serviceWith({ basic: { type: "http", scheme: "basic" }, bearer });
    const choose = (options: ClientOptions) =>
      authenticate(open, { ...operation, security: [{ basic: [] }, { bearer: [] }] }, options, () => false);
    expect((await choose({ apiKey: "sk_1" })).headers).toEqual([["Authorization", "Bearer sk_1"]]);
    expect((await choose({ apiKey: "sk_1:" })).headers).toEqual([["Authorization", "Basic c2tfMTo="]]);
    await expect(choose({ credentials: { basic: "sk_1" } })).rejects.toThrow("has no colon");
  });
  test("the one that is meant is used before one that could be met by the way", async () => {
    vi.stubEnv("HARBOUR_TEST_API_KEY", "from-env");
    const security = [{}, { bearer: [] }, { header: [] }];
    expect((await askFor(security, { credentials: { header: "h" } })).headers).toEqual([["X-API-KEY", "h"]]);
    const both = { apiKey: "a", credentials: { header: "h" } };
    expect((await askFor(security, both)).headers).toEqual([["X-API-KEY", "h"]]);
    expect((await askFor(security, {})).headers).toEqual([["Authorization", "Bearer from-env"]]);
    const byHand = await authenticate(
      service,
      { ...operation, security },
      {},
      (name) => name === "X-API-KEY",
    );
    expect(byHand.headers).toEqual([]);
  });
  test("all schemes of one alternative are sent together", async () => {
    const options = { credentials: { header: "h", tenant: "t" } };
    expect((await askFor([{ header: [], tenant: [] }], options)).headers).toEqual([
      ["X-API-KEY", "h"],
      ["X-TENANT", "t"],
    ]);
  });
  test("an optional key is sent when there is one", async () => {
    expect((await askFor([{}, { bearer: [] }], { apiKey: "a" })).headers).toHaveLength(1);
    expect((await askFor([{}, { bearer: [] }], {})).headers).toEqual([]);
  });
  test("a scheme the service doesn't have is named", async () => {
    await expect(askFor([{ magic: [] }], { apiKey: "a" })).rejects.toThrow('security scheme "magic"');
  });
});

describe("a key that isn't there or can't be sent is refused without being named", () => {
  test("missing", async () => {
    await expect(ask(bearer, {})).rejects.toThrow(InvalidRequestError);
    await expect(ask(bearer, {})).rejects.toThrow(
      "listShips of Harbour needs a key: give the client the option apiKey, or set the environment variable HARBOUR_TEST_API_KEY.",
    );
  });
  const table: [name: string, scheme: SecurityScheme, apiKey: unknown, message: string][] = [
    ["empty", bearer, "", "The option apiKey gave an empty text"],
    ["empty from a function", bearer, () => "", "gave an empty text"],
    ["no text", bearer, () => undefined, "gave a undefined"],
    ["line break at its end", bearer, "hunter2\n", "white space around it"],
    ["line break", bearer, "hunter2\nX-Evil: 1", "a line break at position 8"],
    ["typographic dash", bearer, "hunter–2", "a character outside Latin-1 at position 7"],
    ["no colon", { type: "http", scheme: "basic" }, "hunter2", "has no colon"],
    [
      "semicolon in a cookie",
      { type: "apiKey", in: "cookie", name: "s" },
      "hunter2;a=b",
      "can't go into a cookie",
    ],
  ];
  test.each(table)("%s", async (_, scheme, apiKey, message) => {
    const error = await ask(scheme, { apiKey } as ClientOptions).catch((reason: Error) => reason);
    expect(error).toMatchObject({ name: "InvalidRequestError", message: expect.stringContaining(message) });
    expect(String(error)).not.toContain("hunter");
  });
});

test("of HTTP basic, the password by itself is a secret too", async () => {
  const { secrets } = await ask({ type: "http", scheme: "basic" }, { apiKey: "vega:pass:word" });
  expect(secrets).toContain("pass:word");
});
