import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  createClient,
  type Middleware,
  type Operation,
  openEnvelope,
  type UploadPlan,
  uploadFile,
} from "../src/index.ts";
import { type Answerer, type FaultServer, sendJSON, useServers } from "./fault-server.ts";
import { apiKey, clientAt, errorOf, listShips, service } from "./service.ts";

const { serve } = useServers();

const operation: Operation = {
  ...listShips,
  id: "createUploadURL",
  path: "/files/upload-url",
  parameters: [
    { name: "content_type", in: "query", required: true },
    { name: "ext", in: "query", required: true },
  ],
  envelope: {
    data: "/data",
    success: { pointer: "/code", values: [200] },
    status: "/code",
    open: openEnvelope,
  },
};
const plan: UploadPlan = {
  operation,
  url: "/presigned_url",
  result: "/file_url",
  contentType: "content_type",
  extension: "ext",
};
const usable = "https://files.test/a.png";
const png = new File(["bytes"], "photo.PNG", { type: "image/png" });
const stored: Answerer = (response) => response.writeHead(200).end();

/** A service and its store, on two origins. */
async function serveBoth(
  store: Answerer = stored,
  target = (url: string) => `${url}/bucket/a%20b.png?X-Sig=s%2Fg&Expires=9`,
) {
  const storeServer = await serve(store);
  const api = await serve((response) =>
    sendJSON(response, 200, {
      code: 200,
      data: { presigned_url: target(storeServer.url), file_url: usable },
    }),
  );
  return { api, store: storeServer };
}

const sent = ({ requests }: FaultServer) => requests.map(({ method, url }) => `${method} ${url}`);

describe("a file", () => {
  test("is put where the service says, and gives the address it can be used under", async () => {
    const { api, store } = await serveBoth();
    expect(await uploadFile(clientAt(api.url), plan, png)).toBe(usable);
    expect(sent(api)).toEqual(["GET /files/upload-url?content_type=image%2Fpng&ext=.png"]);
    expect(sent(store)).toEqual(["PUT /bucket/a%20b.png?X-Sig=s%2Fg&Expires=9"]);
    expect(store.requests[0]).toMatchObject({
      body: "bytes",
      headers: { "content-type": "image/png", "content-length": "5" },
    });
    expect(store.requests[0]?.headers["transfer-encoding"]).toBeUndefined();
  });

  test("takes neither the key nor anything of the client's to the store", async () => {
    const { api, store } = await serveBoth();
    const security = {
      bearer: { type: "http", scheme: "bearer" },
      header: { type: "apiKey", in: "header", name: "X-API-KEY" },
      query: { type: "apiKey", in: "query", name: "key" },
      cookie: { type: "apiKey", in: "cookie", name: "session" },
    } as const;
    const touched: string[] = [];
    const client = createClient(
      { ...service, security },
      {
        baseURL: api.url,
        apiKey,
        headers: { "x-team": "a", "x-own-key": apiKey },
        query: { tenant: "t1" },
        middleware: [
          async (request, next) => {
            touched.push(request.method);
            request.headers.set("x-trace", apiKey);
            return next(request);
          },
        ],
      },
    );
    const all = [{ bearer: [], header: [], query: [], cookie: [] }];
    const secured = { ...plan, operation: { ...operation, security: all } };
    await uploadFile(client, secured, png, { headers: { "x-call": apiKey }, query: { call: apiKey } });
    expect(api.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${apiKey}`,
      "x-api-key": apiKey,
      cookie: `session=${apiKey}`,
      "x-call": apiKey,
    });
    expect(JSON.stringify(store.requests)).not.toContain(apiKey);
    const harmless = /^(accept(-.*)?|connection|content-(length|type)|host|sec-fetch-mode|user-agent)$/;
    for (const name of Object.keys(store.requests[0]!.headers)) expect(name).toMatch(harmless);
    expect(store.requests[0]?.url).not.toContain("tenant");
    expect(touched).toEqual(["GET"]);
  });

  test("is sent again when the store fails, whole", async () => {
    const { api, store } = await serveBoth((response, _, count) => {
      if (count === 1) response.socket?.destroy();
      else if (count === 2) response.writeHead(503, { "retry-after-ms": "1" }).end();
      else response.writeHead(201).end();
    });
    expect(
      await uploadFile(clientAt(api.url), plan, new Blob(["bytes"]).stream(), { contentType: "image/png" }),
    ).toBe(usable);
    expect(store.requests.map(({ body }) => body)).toEqual(["bytes", "bytes", "bytes"]);
    expect(api.requests).toHaveLength(1);
  });

  test("is sent as often as the client's retries and clocks allow", async () => {
    const { api, store } = await serveBoth((response) => response.writeHead(503).end());
    const error = await errorOf(uploadFile(clientAt(api.url, { maxRetries: 0 }), plan, png));
    expect(error).toMatchObject({ name: "InternalServerError", attempts: 1 });
    expect(store.requests).toHaveLength(1);
    const silent = await serveBoth(() => {});
    const call = uploadFile(clientAt(silent.api.url), plan, png, {
      timeout: { response: 500 },
      maxRetries: 0,
    });
    expect(await errorOf(call)).toMatchObject({ name: "TimeoutError", clock: "response" });
  });

  test("that the store refuses is an error that shows no signature", async () => {
    const { api } = await serveBoth((response) =>
      response
        .writeHead(403, { "content-type": "application/xml" })
        .end("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"),
    );
    const error = await errorOf(uploadFile(clientAt(api.url), plan, png));
    expect(error.name).toBe("PermissionDeniedError");
    expect(error.message).toContain("Request has expired");
    expect(error.message).not.toContain("X-Sig");
  });

  test("that the store sends elsewhere isn't followed there", async () => {
    const other = await serve();
    const { api } = await serveBoth((response) => response.writeHead(307, { location: other.url }).end());
    expect(await errorOf(uploadFile(clientAt(api.url), plan, png))).toMatchObject({
      name: "RedirectError",
    });
    expect(other.requests).toEqual([]);
  });

  test("that the service refuses isn't sent", async () => {
    const store = await serve();
    const api = await serve((response) =>
      sendJSON(response, 200, { code: 402, message: "Empty", data: null }),
    );
    expect(await errorOf(uploadFile(clientAt(api.url), plan, png))).toMatchObject({
      name: "PaymentRequiredError",
    });
    expect(store.requests).toEqual([]);
  });

  test.each([
    [{ file_url: usable }, "/presigned_url"],
    [{ presigned_url: "file:///etc/passwd", file_url: usable }, "/presigned_url"],
    [{ presigned_url: "http://host/a" }, "/file_url"],
  ])("without an address in %j is an error", async (data, pointer) => {
    const api = await serve((response) => sendJSON(response, 200, { code: 200, data }));
    expect(await errorOf(uploadFile(clientAt(api.url), plan, png))).toMatchObject({
      name: "InvalidResponseError",
      message: `createUploadURL: the answer has no address at "${pointer}"`,
    });
  });

  test("isn't sent by a caller who has given up", async () => {
    const { api, store } = await serveBoth();
    const controller = new AbortController();
    const giveUp: Middleware = async (request, next) => {
      const response = await next(request);
      controller.abort("enough");
      return response;
    };
    const client = clientAt(api.url, { middleware: [giveUp] });
    const call = uploadFile(client, plan, png, { signal: controller.signal });
    expect(await errorOf(call)).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(store.requests).toEqual([]);
  });
});

describe("what a file is", () => {
  async function asked(
    file: Parameters<typeof uploadFile>[2],
    options: Parameters<typeof uploadFile>[3] = {},
  ) {
    const { api, store } = await serveBoth();
    await uploadFile(clientAt(api.url), plan, file, options);
    const { searchParams } = new URL(api.requests[0]!.url, api.url);
    expect(store.requests[0]?.headers["content-type"]).toBe(searchParams.get("content_type"));
    return Object.fromEntries(searchParams);
  }

  test("is what it says itself", async () => {
    expect(await asked(png)).toEqual({ content_type: "image/png", ext: ".png" });
    expect(await asked(new Blob(["a"], { type: "audio/mpeg" }))).toEqual({
      content_type: "audio/mpeg",
      ext: ".mp3",
    });
    const answer = new Response("a", {
      headers: { "content-type": "video/mp4", "content-disposition": 'attachment; filename="clip.MOV"' },
    });
    expect(await asked(answer)).toEqual({ content_type: "video/mp4", ext: ".mov" });
  });

  test("is what the options say", async () => {
    const options = { contentType: "image/x-raw", extension: "RAW" };
    expect(await asked(png, options)).toEqual({ content_type: "image/x-raw", ext: ".raw" });
    expect(await asked(new Uint8Array(2), { extension: ".jpg" })).toEqual({
      content_type: "image/jpeg",
      ext: ".jpg",
    });
  });

  test("is what the name of a file on disk says", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hawser-"));
    try {
      await writeFile(join(folder, "talk.wav"), "bytes");
      expect(await asked(createReadStream(join(folder, "talk.wav")))).toEqual({
        content_type: "audio/wav",
        ext: ".wav",
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("has to be known before anything is sent", async () => {
    const { api } = await serveBoth();
    const client = clientAt(api.url);
    expect(await errorOf(uploadFile(client, plan, new Uint8Array(2)))).toMatchObject({
      name: "InvalidRequestError",
      message: expect.stringContaining("give the option contentType"),
    });
    const options = { contentType: "image/x-raw" };
    expect(await errorOf(uploadFile(client, plan, new Uint8Array(2), options))).toMatchObject({
      message: expect.stringContaining("give the option extension"),
    });
    expect(api.requests).toEqual([]);
  });
});
