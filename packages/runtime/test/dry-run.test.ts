import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  binaryBody,
  type ClientOptions,
  createClient,
  DryRunError,
  multipartBody,
  type Operation,
  type OperationInput,
  type RequestOptions,
  textBody,
  urlencodedBody,
} from "../src/index.ts";
import { useServers } from "./fault-server.ts";
import { apiKey, createShip, getShip, service } from "./service.ts";

const { serve } = useServers();

/** The error of a dry run; fails when anything is sent. */
async function rehearse(
  operation: Operation,
  input: OperationInput,
  options: RequestOptions = {},
  client: ClientOptions = {},
  security: typeof service.security = service.security,
): Promise<DryRunError> {
  const fetch = () => {
    throw new Error("Something was sent.");
  };
  const made = createClient(
    { ...service, security },
    { baseURL: "https://harbour.test/v1", apiKey, fetch, ...client },
  );
  const error = await made
    .request(operation, input, { ...options, dryRun: true })
    .catch((reason: unknown) => reason);
  if (!DryRunError.is(error)) throw error;
  return error;
}

describe("a dry run", () => {
  test("shows the request and sends nothing", async () => {
    const error = await rehearse(
      { ...createShip, parameters: [{ name: "port", in: "query" }] },
      { body: { name: "Vega", size: 3 }, params: { port: "north" } },
      { idempotencyKey: "once-1", headers: { "x-team": "a" } },
    );
    expect(error.request).toEqual({
      method: "POST",
      url: "https://harbour.test/v1/ships?port=north",
      headers: {
        accept: "application/json",
        authorization: "[redacted]",
        "content-type": "application/json",
        "idempotency-key": "once-1",
        "user-agent": expect.stringContaining("hawser/"),
        "x-team": "a",
      },
      body: { name: "Vega", size: 3 },
    });
    expect(error.message.split("\n\n")).toEqual([
      "Nothing was sent (dryRun). This is the request:",
      expect.stringMatching(
        /^POST https:\/\/harbour\.test\/v1\/ships\?port=north\n.*\nauthorization: \[redacted\]$/s,
      ),
      '{\n  "name": "Vega",\n  "size": 3\n}',
    ]);
  });

  test("reaches no server", async () => {
    const server = await serve();
    const client = createClient(service, { baseURL: server.url, apiKey: "any" });
    await expect(client.request(getShip, { path: { id: "a" } }, { dryRun: true })).rejects.toMatchObject({
      name: "DryRunError",
      request: { method: "GET", body: undefined },
    });
    const result = await client.request(getShip, { path: { id: "a" } }, { dryRun: true }).result();
    expect(result).toMatchObject({ ok: false, status: undefined, error: { name: "DryRunError" } });
    expect(server.requests).toEqual([]);
  });

  test("finds the mistakes a call would find", async () => {
    await expect(rehearse(createShip, {})).rejects.toThrow("the body is missing");
    await expect(rehearse(getShip, { path: { id: ".." } })).rejects.toThrow("leads elsewhere");
  });

  test("hides every key, wherever it goes", async () => {
    const key = "k1/+";
    const security = {
      header: { type: "apiKey", in: "header", name: "X-Harbour" },
      query: { type: "apiKey", in: "query", name: "pass" },
      cookie: { type: "apiKey", in: "cookie", name: "session" },
    } as const;
    const operation = { ...getShip, security: [{ header: [], query: [], cookie: [] }] };
    const headers = { "X-Own-Api-Key": "k2", "Proxy-Authorization": "k3" };
    const error = await rehearse(operation, { path: { id: "a" } }, { headers }, { apiKey: key }, security);
    expect(error.request).toMatchObject({
      url: "https://harbour.test/v1/ships/a?pass=[redacted]",
      headers: {
        "x-harbour": "[redacted]",
        cookie: "[redacted]",
        "x-own-api-key": "[redacted]",
        "proxy-authorization": "[redacted]",
      },
    });
    expect(inspect(error) + JSON.stringify(error.request)).not.toMatch(/k1|k2|k3/);
  });

  test("shows the body to the program, and to people without its secrets", async () => {
    const body = {
      name: "Vega",
      public_key: "ssh-ed25519 AAAA",
      password: "p4ss",
      env_vars: [
        { key: "HF_TOKEN", value: "s3cret" },
        { key: "MODE", value: "fast" },
      ],
      nested: { OPENAI_API_KEY: "s3cret", max_tokens: 5 },
    };
    const error = await rehearse(createShip, { body });
    expect(error.request.body).toEqual(body);
    for (const text of ["p4ss", "s3cret"]) expect(inspect(error)).not.toContain(text);
    for (const text of ["ssh-ed25519 AAAA", "HF_TOKEN", '"MODE"', "fast", '"max_tokens": 5']) {
      expect(error.message).toContain(text);
    }
  });

  test.each([
    ["a form", multipartBody, { file: new Blob(["abc"]), name: "x" }, "(a form: file, name)"],
    ["bytes", binaryBody, new Uint8Array(3), "(3 bytes)"],
    ["a Blob", binaryBody, new Blob(["abcd"]), "(4 bytes)"],
    ["a stream", binaryBody, new Blob(["abcd"]).stream(), "(a stream)"],
    ["text", textBody, "Ahoy", "\n\nAhoy"],
    ["form fields", urlencodedBody, { a: 1, b: 2 }, "\n\na=1&b=2"],
  ] as const)("shows %s", async (_, write, body, shown) => {
    const operation: Operation = {
      ...createShip,
      body: { encoding: "binary", write, mediaType: "text/plain", required: true },
    };
    expect((await rehearse(operation, { body })).message.endsWith(shown)).toBe(true);
  });
});
