import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type Client,
  type ClientOptions,
  createClient,
  InvalidRequestError,
  listPages,
  type Operation,
  type Service,
} from "../src/index.ts";
import { sendJSON, useServers } from "./fault-server.ts";
import { apiKey, clientAt, createShip, errorOf, failureOf, getShip, listShips, service } from "./service.ts";

const { serve } = useServers();

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe("mistakes are named before anything is sent", () => {
  const table: [name: string, mistake: (url: string) => Promise<unknown>, message: string][] = [
    [
      "an unknown parameter",
      async (url) => clientAt(url).request(listShips, { params: { limt: 5 } }),
      'listShips has no parameter "limt"',
    ],
    [
      "a missing parameter",
      async (url) =>
        clientAt(url).request({ ...listShips, parameters: [{ name: "q", in: "query", required: true }] }, {}),
      'listShips: the query parameter "q" is missing.',
    ],
    [
      "a missing path parameter",
      async (url) => clientAt(url).request(getShip, {}),
      'the path parameter "id" is missing',
    ],
    [
      "a path parameter that leads elsewhere",
      async (url) => clientAt(url).request(getShip, { path: { id: ".." } }),
      "leads elsewhere",
    ],
    [
      "a missing key",
      async (url) => createClient(service, { baseURL: url }).request(listShips, {}),
      "needs a key",
    ],
    [
      "a missing body",
      async (url) => clientAt(url).request(createShip, {}),
      "createShip: the body is missing",
    ],
    [
      "a header that can't be",
      async (url) => clientAt(url, { headers: { "x a": "1" } }).request(listShips, {}),
      '"x a"',
    ],
    [
      "a header value that can't be",
      async (url) => clientAt(url, { headers: { "x-a": "a\nb" } }).request(listShips, {}),
      "line break at position 2",
    ],
    [
      "a clock that can't be",
      async (url) => clientAt(url).request(listShips, {}, { timeout: -1 }),
      "The option timeout has -1",
    ],
    [
      "retries that can't be",
      async (url) => clientAt(url).request(listShips, {}, { maxRetries: Number.NaN }),
      "The option maxRetries has NaN",
    ],
    [
      "a method fetch refuses",
      async (url) => clientAt(url).request({ ...listShips, method: "TRACE" }, {}),
      "can't be made into a request",
    ],
  ];
  test.each(table)("%s", async (_, mistake, message) => {
    const server = await serve();
    await expect(mistake(server.url)).rejects.toThrow(InvalidRequestError);
    await expect(mistake(server.url)).rejects.toThrow(message);
    expect(server.requests).toHaveLength(0);
  });

  test("by createClient itself where it can", () => {
    expect(() => createClient(service, { baseURL: "nowhere" })).toThrow(
      "The option baseURL is not an absolute URL",
    );
    expect(() => createClient(service, { timeout: -1 })).toThrow(InvalidRequestError);
    expect(() => createClient(service, { maxRetries: -1 })).toThrow(InvalidRequestError);
    expect(() => createClient({ ...service, servers: [] })).toThrow("names no server");
  });
});

describe("the base URL comes", () => {
  test("from the document", () => {
    expect(createClient(service).baseURL).toBe("https://harbour.test/v1");
  });
  test("from the environment before the document, and from the option before both", () => {
    vi.stubEnv("HARBOUR_TEST_BASE_URL", "https://env.test/");
    expect(createClient(service).baseURL).toBe("https://env.test");
    expect(createClient(service, { baseURL: "https://option.test" }).baseURL).toBe("https://option.test");
    vi.stubEnv("HARBOUR_TEST_BASE_URL", "nonsense");
    expect(() => createClient(service)).toThrow(
      "The environment variable HARBOUR_TEST_BASE_URL is not an absolute URL",
    );
  });
});

describe("a web page", () => {
  test("is refused unless the caller means it", () => {
    vi.stubGlobal("window", { document: {} });
    expect(() => createClient(service, { apiKey })).toThrow("dangerouslyAllowBrowser");
    expect(createClient(service, { apiKey, dangerouslyAllowBrowser: true }).baseURL).toBe(
      "https://harbour.test/v1",
    );
  });
  test("sends no agent, which browsers refuse, and no cookie", async () => {
    vi.stubGlobal("window", { document: {} });
    const sent: Request[] = [];
    const fetch = async (request: RequestInfo | URL) => {
      sent.push(request as Request);
      return Response.json({});
    };
    const client = createClient(service, { apiKey, dangerouslyAllowBrowser: true, fetch });
    await client.request(listShips, {});
    expect(sent[0]?.headers.has("user-agent")).toBe(false);
    const operation: Operation = { ...listShips, parameters: [{ name: "session", in: "cookie" }] };
    await expect(client.request(operation, { params: { session: "a" } })).rejects.toThrow(
      "which browsers don't allow",
    );
  });
});

describe("no key is printed", () => {
  test("by the client", () => {
    const client = clientAt("https://harbour.test", {
      headers: { "x-key": apiKey },
      credentials: { bearer: apiKey },
    });
    for (const text of [
      inspect(client, { depth: 9, showHidden: true }),
      JSON.stringify(client),
      String(client),
    ]) {
      expect(text).not.toContain(apiKey);
    }
    expect(JSON.stringify(client)).toBe('{"service":"Harbour","baseURL":"https://harbour.test"}');
    expect(inspect(client)).toBe("{ service: 'Harbour', baseURL: 'https://harbour.test' }");
  });

  test("by errors, even when the server quotes it", async () => {
    const key = "plainkeywithoutprefix42";
    const server = await serve((response) =>
      sendJSON(response, 401, { error: { message: `Bad key ${key}` }, key }),
    );
    const error = await failureOf(server.url, listShips, { client: { apiKey: key } });
    expect(error.message).toContain("Bad key [redacted]");
    expect(JSON.stringify([error, (error as { body?: unknown }).body])).not.toContain(key);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(key);
  });

  test("by errors of a runtime that quotes the whole address", async () => {
    const security = { query: { type: "apiKey", in: "query", name: "key" } } as const;
    const key = "plainkeywithoutprefix42";
    const fetch = async (request: RequestInfo | URL) => {
      throw new TypeError(`error sending request for url (${(request as Request).url})`);
    };
    const client = createClient({ ...service, security }, { apiKey: key, fetch, maxRetries: 0 });
    const error = await client.request(listShips, {}).catch((reason: Error) => reason);
    expect((error as Error).message).toContain("key=[redacted]");
    expect(inspect(error, { depth: 9 })).not.toContain(key);
  });

  test("by log lines, nor the query, nor a body", async () => {
    const server = await serve((response, _, count) => {
      if (count === 1) sendJSON(response, 503, { error: "SECRET" }, { "retry-after-ms": "1" });
      else sendJSON(response, 404, { error: "SECRET" });
    });
    const lines: unknown[] = [];
    const log = (level: string) => (message: string, fields?: object) => lines.push([level, message, fields]);
    const logger = { error: log("error"), warn: log("warn"), info: log("info"), debug: log("debug") };
    await failureOf(
      server.url,
      { ...createShip, retry: "safe" },
      { client: { logger, logLevel: "debug" }, query: { token: "SECRET" } },
    );
    expect(lines).toMatchObject([
      [
        "debug",
        "A request is sent",
        { operation: "createShip", request: `POST ${server.url}/ships`, attempt: 1 },
      ],
      ["debug", "An answer has come", { attempt: 1, status: 503 }],
      ["info", "The request is repeated", { attempt: 1, delay: 1, reason: "status 503" }],
      ["debug", "A request is sent", { attempt: 2 }],
      ["debug", "An answer has come", { attempt: 2, status: 404 }],
      ["warn", "The request failed", { attempt: 2, status: 404 }],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/SECRET|rc_live|Vega/);
  });

  test("and no prompt: what an error keeps of an answer isn't printed with it", async () => {
    const server = await serve((response) =>
      sendJSON(response, 422, { detail: [{ loc: ["body"], msg: "bad", input: "MY PROMPT" }] }),
    );
    const error = await failureOf(server.url, listShips);
    expect(inspect(error, { depth: 9 })).not.toContain("MY PROMPT");
    expect(JSON.stringify(error)).not.toContain("MY PROMPT");
    expect(error).toMatchObject({ details: [{ input: "MY PROMPT" }] });
  });
});

describe("options of a service's own", () => {
  interface HarbourOptions extends ClientOptions {
    port?: string;
  }
  const scoped: Service = { ...service, options: { port: { variable: "HARBOUR_TEST_PORT" } } };
  const listed: Operation = { ...listShips, parameters: [{ name: "harbour", in: "query", option: "port" }] };

  test("go with every call, and can be changed for some", async () => {
    const server = await serve();
    const options: HarbourOptions = { baseURL: server.url, apiKey, port: "north" };
    const client = createClient<HarbourOptions>(scoped, options);
    await client.request(listed, {});
    await client.withOptions({ port: "south" }).request(listed, {});
    await client.withOptions({ maxRetries: 0 }).request(listed, { params: { harbour: "west" } });
    await client.request(listed, { params: { harbour: null } });
    // Whoever doesn't know them passes them on.
    const plain: Client = client;
    await plain.withOptions({ maxRetries: 0 }).request(listed, {});
    await createClient(scoped, options).request(listed, {});
    expect(server.requests.map(({ url }) => url)).toEqual([
      "/ships?harbour=north",
      "/ships?harbour=south",
      "/ships?harbour=west",
      "/ships",
      "/ships?harbour=north",
      "/ships?harbour=north",
    ]);
  });

  test("are named where a call lacks them", async () => {
    const [parameter] = listed.parameters!;
    const required: Operation = { ...listed, parameters: [{ ...parameter!, required: true }] };
    await expect(createClient(scoped, { apiKey }).request(required, {})).rejects.toThrow(
      `listShips: the query parameter "harbour" is missing; the client's option port gives it to every call.`,
    );
  });

  test("that nobody knows are mistakes", () => {
    const baseURL = "https://harbour.test";
    // @ts-expect-error the option is unknown
    expect(() => createClient(scoped, { baseURL, prot: "north" })).toThrow('no option "prot"');
    // @ts-expect-error the option is unknown
    expect(() => createClient<HarbourOptions>(scoped, { baseURL, prot: "north" })).toThrow(
      'no option "prot"',
    );
    // @ts-expect-error the option is unknown
    expect(() => createClient(service, { baseURL }).withOptions({ timout: 5 })).toThrow("nearest is timeout");
    // @ts-expect-error options are an object
    expect(() => createClient(service, "sk-secret")).toThrow(InvalidRequestError);
    // @ts-expect-error options are an object
    expect(() => createClient(service, { baseURL }).withOptions(null)).toThrow("null");
  });

  test("nor those of a call, which fails by its promise before anything is sent", async () => {
    const server = await serve();
    const client = clientAt(server.url);
    const given: unknown[] = [{ timout: 5 }, { apiKey: "sk-1" }, "sk-1", null, 5];
    for (const options of given) {
      const call = client.request(listShips, {}, options as object);
      expect(await errorOf(call), String(options)).toBeInstanceOf(InvalidRequestError);
      const list = listPages(client, listShips, {}, options as object);
      expect(await errorOf(list), String(options)).toBeInstanceOf(InvalidRequestError);
    }
    expect(server.requests).toEqual([]);
  });
});

test("a service without security needs no key", async () => {
  const server = await serve();
  const openService: Service = { ...service, security: {} };
  expect(await createClient(openService, { baseURL: server.url }).request(listShips, {})).toEqual({
    ok: true,
  });
});
