import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { type SendOutcome, sendBody } from "./send-body.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Answers one request with `answer`; gives the client's end of it, not read yet. */
async function exchange(answer: (response: ServerResponse) => Promise<SendOutcome>) {
  let settle: (outcome: Promise<SendOutcome>) => void;
  const outcome = new Promise<SendOutcome>((resolve) => {
    settle = resolve;
  });
  let response: ServerResponse | undefined;
  const server = createServer((_, served) => {
    response = served;
    settle(answer(served));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const client = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port: (server.address() as AddressInfo).port, agent: false }, resolve).on("error", reject);
  });
  return { outcome, client, response: response as ServerResponse };
}

async function lengthOf(client: IncomingMessage): Promise<number> {
  let length = 0;
  for await (const piece of client) length += (piece as Buffer).length;
  return length;
}

test("nothing is written to a client that doesn't read, until it does", async () => {
  const body = new Uint8Array(48 * 1024 * 1024);
  const { outcome, client, response } = await exchange((served) =>
    sendBody(served, 200, {}, body, "whole", { chunkSize: 64 * 1024 }),
  );
  client.pause();
  // The client's kernel takes some megabytes; then the writer has to wait, however often it gets a turn.
  for (let quiet = 0; quiet < 200; quiet = response.writableNeedDrain ? quiet + 1 : 0) await setImmediate();
  expect(response.writableLength).toBeLessThan(1024 * 1024);
  expect(response.socket?.bytesWritten).toBeLessThan(body.length);
  expect(await lengthOf(client)).toBe(body.length);
  expect(await outcome).toBe("complete");
});

test("a client that leaves ends the sending", async () => {
  const { outcome, client } = await exchange((served) =>
    sendBody(served, 200, {}, new Uint8Array(10), "whole", { stall: 4 }),
  );
  client.destroy();
  expect(await outcome).toBe("client left");
});

test("a client that leaves before the headers ends the sending", async () => {
  let outcome: Promise<SendOutcome> | undefined;
  const server = createServer((request, response) => {
    outcome = sendBody(response, 200, {}, new Uint8Array(1), "whole", { latency: 3_600_000 });
    request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  await expect(fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).rejects.toThrow();
  expect(await outcome).toBe("client left");
});

test("a whole body tells its length, and a status without a body tells none", async () => {
  const whole = await exchange((served) => sendBody(served, 200, {}, new Uint8Array(3), "whole", {}));
  expect(whole.client.headers["content-length"]).toBe("3");
  const none = await exchange((served) => sendBody(served, 204, {}, new Uint8Array(), "whole", {}));
  expect(none.client.headers["content-length"]).toBeUndefined();
  whole.client.resume();
  none.client.resume();
});

test("a limit behind the end of the body changes nothing", async () => {
  const { outcome, client } = await exchange((served) =>
    sendBody(served, 200, {}, new Uint8Array(3), "events", { cut: 100 }),
  );
  expect(await lengthOf(client)).toBe(3);
  expect(await outcome).toBe("complete");
});
