import { createReadStream } from "node:fs";
import { describe, expect, test } from "vitest";
import { binaryBody, multipartBody, type Operation } from "../src/index.ts";
import { sendJSON, startSocketServer, useServers } from "./fault-server.ts";
import { clientAt, createShip, failureOf } from "./service.ts";

const { keep, serve } = useServers();

const upload: Operation = {
  ...createShip,
  body: { encoding: "binary", write: binaryBody, mediaType: "application/octet-stream", required: true },
};
const form: Operation = {
  ...createShip,
  body: { encoding: "multipart", write: multipartBody, mediaType: "multipart/form-data", required: true },
};

/** Bytes without end, as an iterable and as a stream; `stopped` resolves when their source is told to stop. */
function endless(kind: "iterable" | "stream") {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        begin();
        yield new Uint8Array(100);
      }
    } finally {
      stop();
    }
  }
  const iterator = pieces();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue((await iterator.next()).value as Uint8Array);
    },
    cancel: () => void iterator.return(undefined),
  });
  return { source: kind === "iterable" ? iterator : stream, begun, stopped };
}

describe.each(["iterable", "stream"] as const)("an %s that is being sent stops", (kind) => {
  test("when the call is given up", async () => {
    const server = keep(await startSocketServer(() => {}));
    const { source, begun, stopped } = endless(kind);
    const controller = new AbortController();
    const call = clientAt(server.url).request(upload, { body: source }, { signal: controller.signal });
    void begun.then(() => controller.abort());
    await expect(call).rejects.toThrow("aborted");
    await stopped;
  });

  test("when the response clock runs out", async () => {
    const server = keep(await startSocketServer(() => {}));
    const { source, stopped } = endless(kind);
    const call = clientAt(server.url).request(upload, { body: source }, { timeout: { response: 50 } });
    await expect(call).rejects.toMatchObject({ cause: { clock: "response" } });
    await stopped;
  });

  test("when a form is made of it and the call is given up", async () => {
    const { source, begun, stopped } = endless(kind);
    const controller = new AbortController();
    const call = clientAt("http://127.0.0.1:9").request(
      form,
      { body: { file: source } },
      { signal: controller.signal },
    );
    void begun.then(() => controller.abort());
    await expect(call).rejects.toThrow("aborted");
    await stopped;
  });
});

test.each([
  ["upload", upload, (body: unknown) => body],
  ["form", form, (body: unknown) => ({ file: body })],
] as const)("a stream that has been read isn't sent as an empty %s", async (_, operation, wrap) => {
  const server = await serve((response) => sendJSON(response, 200, {}));
  const { body } = new Response("bytes");
  const reader = body!.getReader();
  while (!(await reader.read()).done);
  reader.releaseLock();
  const call = clientAt(server.url).request(operation, { body: wrap(body) });
  await expect(call).rejects.toThrow("has been read");
  expect(server.requests).toEqual([]);
});

test("an idempotency key that the caller removed doesn't make a costly call repeatable", async () => {
  const server = await serve((response) => sendJSON(response, 500, {}));
  await failureOf(server.url, createShip, {
    client: { idempotencyHeader: "Idempotency-Key" },
    headers: { "idempotency-key": null },
  });
  expect(server.requests).toHaveLength(1);
});

test("a Node stream that was never read is closed when the call fails", async () => {
  const file = createReadStream(import.meta.filename);
  const client = clientAt("http://127.0.0.1:9", { headers: { "x-name": "bad\nname" } });
  await expect(client.request(upload, { body: file })).rejects.toThrow("line break");
  expect(file.destroyed).toBe(true);
});
