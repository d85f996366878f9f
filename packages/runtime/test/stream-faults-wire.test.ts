import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ChatCompletionStream, type Operation, type Quirk } from "../src/index.ts";
import { startSocketServer, useServers } from "./fault-server.ts";
import { clientAt, createShip } from "./service.ts";

const { keep } = useServers();

/** A chat call, written and read on bare sockets: what servers of HTTP can't be talked into goes wrong here. */
const chat: Operation = {
  ...createShip,
  id: "createChat",
  retry: "safe",
  outcomes: [...createShip.outcomes, { status: "200", kind: "stream", mediaType: "text/event-stream" }],
  stream: {
    mode: "flag",
    flag: "stream",
    framing: "server-sent-events",
    item: "payload",
    type: ChatCompletionStream,
  },
};

const envelope = { id: "c1", created: 1, model: "m" };
const completion = {
  ...envelope,
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", content: "Ahoy 塩" }, finish_reason: "stop" }],
};

function chunk(delta: object, finish_reason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason }];
  return `data: ${JSON.stringify({ ...envelope, object: "chat.completion.chunk", choices })}\n\n`;
}

const start = chunk({ role: "assistant", content: "Ahoy" });
const whole = `${start}${chunk({ content: " 塩" })}${chunk({}, "stop")}data: [DONE]\n\n`;

/** The head of an answer. */
function head(headers: Record<string, string> = { "content-type": "text/event-stream" }): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 200 OK\r\n${lines.join("")}\r\n`;
}

/** A piece of a chunked body. */
function piece(text: string | Uint8Array): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}

const chunked = { "content-type": "text/event-stream", "transfer-encoding": "chunked" };

/** Sends bytes one at a time, each as a packet of its own. */
function trickle(socket: Socket, bytes: Uint8Array, end: () => void): void {
  socket.setNoDelay(true);
  let sent = 0;
  const next = (): void => {
    if (sent < bytes.length) socket.write(bytes.subarray(sent, sent + 1), () => setImmediate(next));
    else end();
    sent += 1;
  };
  next();
}

/** What a call comes to: its text as far as it came, how it ended, and what was reported; `hear` is told that some came. */
async function call(url: string, { asks = true, timeout = {}, hear = () => {} } = {}) {
  const quirks: string[] = [];
  const onQuirk = ({ id }: Quirk): unknown => quirks.push(id);
  const body = asks ? { stream: true } : {};
  const options = { timeout, onQuirk };
  if (!asks) return { data: await clientAt(url).request<typeof completion>(chat, { body }, options), quirks };
  const stream = await clientAt(url).request<ChatCompletionStream>(chat, { body }, options);
  let text = "";
  const thrown = await (async () => {
    for await (const part of stream.text()) {
      text += part;
      hear();
    }
  })().catch((error: unknown) => error);
  return { text, end: await stream.end, thrown, quirks };
}

async function serve(answer: (socket: Socket, count: number) => void) {
  return keep(await startSocketServer(answer));
}

describe("a stream that is cut off", () => {
  test("before the headers is asked for again where that is safe", async () => {
    const server = await serve((socket, count) => {
      if (count <= 2) socket.resetAndDestroy();
      else socket.end(head() + whole);
    });
    expect(await call(server.url)).toMatchObject({ text: "Ahoy 塩", end: { reason: "complete" } });
    expect(server.count()).toBe(3);
  });

  test("within the headers too", async () => {
    const server = await serve((socket, count) => {
      if (count === 1) socket.write("HTTP/1.1 200 OK\r\ncontent-ty", () => socket.resetAndDestroy());
      else socket.end(head() + whole);
    });
    expect(await call(server.url)).toMatchObject({ text: "Ahoy 塩", end: { reason: "complete" } });
    expect(server.count()).toBe(2);
  });

  test.each([
    ["a reset", head(chunked), (socket: Socket) => socket.resetAndDestroy()],
    ["a length that promised more", head({ "content-length": "100000" }), (socket: Socket) => socket.end()],
    ["a chunked body without its end", head(chunked), (socket: Socket) => socket.end()],
    ["a chunked body of nonsense", head(chunked), (socket: Socket) => socket.end("what?\r\n")],
  ])(
    "in its midst by %s keeps what came, is an error, and is not asked for again",
    async (_, header, cut) => {
      let hear = () => {};
      const server = await serve((socket) => {
        socket.write(header);
        socket.write(header.includes("chunked") ? piece(start) : Buffer.from(start));
        hear = () => cut(socket);
      });
      const { text, end, thrown } = await call(server.url, { hear: () => hear() });
      expect(text).toBe("Ahoy");
      expect(end).toMatchObject({ reason: "error", error: { name: "StreamError", reason: "connection" } });
      expect(thrown).toBe((end as { error?: unknown }).error);
      expect(server.count()).toBe(1);
    },
  );

  test("in the midst of a character keeps what came before it", async () => {
    const bytes = Buffer.from(head() + whole);
    const server = await serve((socket) => socket.end(bytes.subarray(0, bytes.indexOf("塩") + 1)));
    expect(await call(server.url)).toMatchObject({
      text: "Ahoy",
      end: { reason: "truncated" },
      quirks: ["Q7"],
    });
  });

  test("after its finish reason is complete", async () => {
    let hear = () => {};
    const server = await serve((socket) => {
      socket.write(head(chunked));
      socket.write(piece(start + chunk({}, "stop")));
      hear = () => void socket.resetAndDestroy();
    });
    expect(await call(server.url, { hear: () => hear() })).toMatchObject({
      text: "Ahoy",
      end: { reason: "complete" },
      quirks: ["Q7"],
    });
  });
});

describe("a stream that stalls", () => {
  test("after the headers runs out of the clock of its first event", async () => {
    const server = await serve((socket) => socket.write(head()));
    const { end, thrown } = await call(server.url, { timeout: { firstEvent: 40 } });
    expect(end).toMatchObject({ reason: "timeout", error: { clock: "firstEvent", timeout: 40 } });
    expect(thrown).toMatchObject({ name: "TimeoutError" });
  });

  test("within an event runs out of the idle clock", async () => {
    const server = await serve((socket) => socket.write(`${head()}${start}data: {"id":"c1","choi`));
    const { text, end } = await call(server.url, { timeout: { idle: 40 } });
    expect(text).toBe("Ahoy");
    expect(end).toMatchObject({ reason: "timeout", error: { clock: "idle", timeout: 40 } });
  });

  test("behind its marker is complete, and lets the connection go", async () => {
    let left = () => {};
    const isLeft = new Promise<void>((resolve) => {
      left = resolve;
    });
    const server = await serve((socket) => {
      socket.once("close", left);
      socket.write(head() + whole);
    });
    expect(await call(server.url)).toMatchObject({
      text: "Ahoy 塩",
      end: { reason: "complete" },
      quirks: [],
    });
    await isLeft;
  });
});

describe("a stream that comes", () => {
  test.each(["\n", "\r\n", "\r"])("one byte at a time is read, lines ended by %j", async (end) => {
    const bytes = Buffer.from(`\ufeff${whole.replaceAll("\n", end)}`);
    const server = await serve((socket) => {
      socket.write(head());
      trickle(socket, bytes, () => socket.end());
    });
    expect(await call(server.url)).toMatchObject({
      text: "Ahoy 塩",
      end: { reason: "complete" },
      quirks: [],
    });
  });

  test("zipped is read", async () => {
    const server = await serve((socket) => {
      socket.write(head({ "content-type": "text/event-stream", "content-encoding": "gzip" }));
      trickle(socket, gzipSync(whole), () => socket.end());
    });
    expect(await call(server.url)).toMatchObject({ text: "Ahoy 塩", end: { reason: "complete" } });
  });

  test.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
    [
      "broken",
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 30), Buffer.from("no gzip"), bytes.subarray(37)]),
    ],
    ["not zipped at all", () => Buffer.from(whole)],
  ])("zipped and %s is no complete answer", async (_, spoil) => {
    const server = await serve((socket) => {
      socket.write(head({ "content-type": "text/event-stream", "content-encoding": "gzip" }));
      socket.end(spoil(gzipSync(whole)));
    });
    const { end } = await call(server.url);
    expect(["error", "truncated"]).toContain(end?.reason);
  });

  test.each([
    ["no content type", {}, ["Q11"]],
    ["that of JSON", { "content-type": "application/json" }, ["Q11"]],
    ["that of text", { "content-type": "text/plain" }, ["Q11"]],
    ["that of bytes", { "content-type": "application/octet-stream" }, ["Q11"]],
    ["a parameter", { "content-type": "text/event-stream; charset=utf-8" }, []],
  ])("with %s is read", async (_, headers, quirks) => {
    const server = await serve((socket) => socket.end(head(headers) + whole));
    expect(await call(server.url)).toMatchObject({ text: "Ahoy 塩", end: { reason: "complete" }, quirks });
  });
});

describe("an answer of the other kind", () => {
  test.each(["application/json", "text/event-stream", ""])(
    "JSON for a stream, as %j, is one chunk",
    async (type) => {
      const server = await serve((socket) => {
        socket.write(head(type === "" ? {} : { "content-type": type }));
        trickle(socket, Buffer.from(JSON.stringify(completion)), () => socket.end());
      });
      const { text, end, quirks } = await call(server.url);
      expect({ text, end }).toEqual({ text: "Ahoy 塩", end: { reason: "complete" } });
      expect(quirks).toContain("Q10");
    },
  );

  test("JSON for a stream that breaks off is no complete answer", async () => {
    const half = JSON.stringify(completion).slice(0, 60);
    const server = await serve((socket) => {
      socket.write(head({ "content-type": "application/json" }) + half, () =>
        setTimeout(() => socket.end(), 20),
      );
    });
    expect((await call(server.url)).end).toMatchObject({ reason: "error", error: { name: "StreamError" } });
  });

  test("an error as JSON for a stream is that error", async () => {
    const body = JSON.stringify({ error: { message: "Overloaded", code: "busy" } });
    const server = await serve((socket) => socket.end(head({ "content-type": "application/json" }) + body));
    const { end, thrown } = await call(server.url);
    expect(end).toMatchObject({
      reason: "error",
      error: { reason: "server", code: "busy", message: "Overloaded" },
    });
    expect(thrown).toMatchObject({ code: "busy" });
  });

  test.each(["text/event-stream", "application/json"])(
    "a stream for JSON, as %j, is added up",
    async (type) => {
      const server = await serve((socket) => {
        socket.write(head({ "content-type": type }));
        trickle(socket, Buffer.from(whole), () => socket.end());
      });
      expect((await call(server.url, { asks: false })).data).toMatchObject({
        object: "chat.completion",
        choices: [{ message: { content: "Ahoy 塩" }, finish_reason: "stop" }],
      });
    },
  );

  test.each([
    ["is cut off", start, { name: "StreamError", reason: "truncated" }],
    [
      "reports an error",
      `${start}data: {"error":{"message":"Overloaded"}}\n\n`,
      { name: "StreamError", reason: "server" },
    ],
  ])("a stream for JSON that %s is an error", async (_, body, error) => {
    const server = await serve((socket) => socket.end(head() + body));
    await expect(call(server.url, { asks: false })).rejects.toMatchObject(error);
  });
});
