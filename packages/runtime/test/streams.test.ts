import { describe, expect, test } from "vitest";
import { ChatCompletionStream, EventStream, type Operation } from "../src/index.ts";
import { type Answerer, sendJSON, useServers } from "./fault-server.ts";
import { clientAt, createShip, failureOf } from "./service.ts";

const { serve } = useServers();

const watch: Operation = {
  ...createShip,
  id: "watchShips",
  outcomes: [
    { status: "200", kind: "json", mediaType: "application/json" },
    { status: "200", kind: "stream", mediaType: "text/event-stream" },
  ],
  stream: {
    mode: "flag",
    flag: "stream",
    framing: "server-sent-events",
    item: "payload",
    sentinel: "[DONE]",
    type: EventStream,
  },
};
const chat: Operation = {
  ...watch,
  id: "createChat",
  stream: { ...watch.stream!, type: ChatCompletionStream },
};
const body = { stream: true };

function chunk(content: string, finish_reason: string | null = null) {
  return {
    id: "c1",
    object: "chat.completion.chunk",
    created: 1,
    model: "m",
    choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason }],
  };
}

const events = (...items: unknown[]) => items.map((item) => `data: ${JSON.stringify(item)}\n\n`).join("");

function sendEvents(text: string): Answerer {
  return (response) => response.writeHead(200, { "content-type": "text/event-stream" }).end(text);
}

describe("a call with its stream flag set", () => {
  test("asks for events and gives the class the operation names", async () => {
    const server = await serve(sendEvents(`${events({ n: 1 }, { n: 2 })}data: [DONE]\n\n`));
    const stream = await clientAt(server.url).request<EventStream<{ n: number }>>(watch, { body });
    expect(stream).toBeInstanceOf(EventStream);
    expect(server.requests[0]?.headers.accept).toBe("text/event-stream, application/json");
    const seen: number[] = [];
    for await (const { n } of stream) seen.push(n);
    expect(seen).toEqual([1, 2]);
    expect(await stream.end).toEqual({ reason: "complete" });
  });

  test("gives JSON when the flag isn't true", async () => {
    const server = await serve((response) => sendJSON(response, 200, { n: 0 }));
    for (const flag of [undefined, false, null]) {
      expect(await clientAt(server.url).request(watch, { body: { stream: flag } })).toEqual({ n: 0 });
    }
    expect(server.requests[0]?.headers.accept).toBe("application/json");
  });

  test("always says whether it is set where servers stream unless told otherwise", async () => {
    const server = await serve((response) => sendJSON(response, 200, { n: 0 }));
    const explicit: Operation = { ...watch, stream: { ...watch.stream!, explicit: true } };
    const client = clientAt(server.url);
    for (const given of [{ n: 1 }, { n: 1, stream: null }, { n: 1, stream: false }]) {
      expect(await client.request(explicit, { body: given })).toEqual({ n: 0 });
    }
    await client.request(explicit, { body: { n: 1 } }, { extraBody: { async: true } });
    await client.request(watch, { body: { n: 1 } });
    expect(server.requests.map((request) => request.body)).toEqual([
      ...Array(3).fill('{"n":1,"stream":false}'),
      '{"n":1,"stream":false,"async":true}',
      '{"n":1}',
    ]);
  });

  test("keeps the flag that is set where it is always sent", async () => {
    const server = await serve(sendEvents(events({ n: 1 })));
    const explicit: Operation = { ...watch, stream: { ...watch.stream!, explicit: true } };
    const client = clientAt(server.url);
    expect(await client.request(explicit, { body: { stream: true } })).toBeInstanceOf(EventStream);
    const extra = await client.request(explicit, { body: {} }, { extraBody: { stream: true } });
    expect(extra).toBeInstanceOf(EventStream);
    expect(server.requests.map((request) => request.body)).toEqual(Array(2).fill('{"stream":true}'));
  });

  test("streams also when the flag comes as an extra member", async () => {
    const server = await serve(sendEvents(events({ n: 1 })));
    const stream = await clientAt(server.url).request(watch, { body: {} }, { extraBody: { stream: true } });
    expect(stream).toBeInstanceOf(EventStream);
  });

  test("hands on how the client and the call want streams to be read", async () => {
    const text = `: hello\n\n${events(chunk("<think>hm</think>Ah"), chunk("oy", "stop"))}data: [DONE]\n\n`;
    const server = await serve(sendEvents(text));
    const comments: string[] = [];
    const onComment = (comment: string) => comments.push(comment);
    const client = clientAt(server.url, { splitThinking: true, onComment });
    const split = await client.request<ChatCompletionStream>(chat, { body });
    const { content, reasoning_content } = (await split.finalCompletion()).choices[0]!.message;
    expect([content, reasoning_content, comments]).toEqual(["Ahoy", "hm", ["hello"]]);
    const whole = await client.request<ChatCompletionStream>(chat, { body }, { splitThinking: false });
    expect((await whole.finalCompletion()).choices[0]!.message.content).toBe("<think>hm</think>Ahoy");
    const small = await client.request<ChatCompletionStream>(chat, { body }, { maxEventBytes: 20 });
    await expect(small.finalCompletion()).rejects.toMatchObject({ reason: "too-large" });
  });

  test("reads one JSON body where a stream was asked for", async () => {
    const completion = {
      id: "c1",
      object: "chat.completion",
      created: 1,
      model: "m",
      choices: [{ index: 0, message: { role: "assistant", content: "Ahoy" }, finish_reason: "stop" }],
    };
    const server = await serve((response) => sendJSON(response, 200, completion));
    const stream = await clientAt(server.url).request<ChatCompletionStream>(chat, { body });
    expect((await stream.finalCompletion()).choices[0]?.message.content).toBe("Ahoy");
  });

  test("throws what the server refuses it with", async () => {
    const server = await serve((response) =>
      sendJSON(response, 402, { error: { code: "insufficient_credits", message: "No" } }),
    );
    await expect(clientAt(server.url).request(watch, { body })).rejects.toMatchObject({
      name: "PaymentRequiredError",
      code: "insufficient_credits",
    });
  });

  test("throws for a page", async () => {
    const server = await serve((response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Hi</html>"),
    );
    await expect(clientAt(server.url).request(watch, { body })).rejects.toMatchObject({
      name: "InvalidResponseError",
    });
  });
});

test("a stream nobody asked for adds up to its completion", async () => {
  const server = await serve(sendEvents(`${events(chunk("Ah"), chunk("oy", "stop"))}data: [DONE]\n\n`));
  const completion = await clientAt(server.url).request(chat, { body: {} });
  expect(completion).toMatchObject({ choices: [{ message: { content: "Ahoy" }, finish_reason: "stop" }] });
});

test("a stream nobody asked for, under a wrong media type, adds up too", async () => {
  const text = `${events(chunk("Ah"), chunk("oy", "stop"))}data: [DONE]\n\n`;
  const server = await serve((response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(text),
  );
  const completion = await clientAt(server.url).request(chat, { body: {} });
  expect(completion).toMatchObject({ choices: [{ message: { content: "Ahoy" } }] });
});

test("a stream nobody asked for that adds up to nothing is an error that says so", async () => {
  const server = await serve(sendEvents(events({ n: 1 })));
  expect(await failureOf(server.url, watch)).toMatchObject({
    name: "InvalidResponseError",
    message: expect.stringContaining("is a stream, which wasn't asked for"),
  });
});

describe("a stream that isn't read to its end", () => {
  /** One event, then silence until the client leaves. */
  const silent: Answerer = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(events({ n: 1 }));
  };

  test("lets the connection go when its loop is left", async () => {
    const server = await serve(silent);
    const stream = await clientAt(server.url).request<EventStream<unknown>>(watch, { body });
    for await (const _ of stream) break;
    await server.left;
  });

  test("lets the connection go when it is aborted", async () => {
    const server = await serve(silent);
    const stream = await clientAt(server.url).request<EventStream<unknown>>(watch, { body });
    stream.abort();
    expect(await stream.end).toMatchObject({ reason: "aborted" });
    await server.left;
  });

  test("ends with the caller's signal, which then keeps no listener", async () => {
    const server = await serve(silent);
    const controller = new AbortController();
    const { signal } = controller;
    const stream = await clientAt(server.url).request<EventStream<unknown>>(watch, { body }, { signal });
    await expect(
      (async () => {
        for await (const _ of stream) controller.abort("enough");
      })(),
    ).rejects.toMatchObject({ name: "AbortError" });
    expect(await stream.end).toMatchObject({ reason: "aborted", error: { cause: "enough" } });
    await server.left;
  });

  test("ends with the total clock", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const timer = setInterval(() => response.write(events({ n: 1 })), 5);
      response.on("close", () => clearInterval(timer));
    });
    const stream = await clientAt(server.url, { timeout: { total: 1000 } }).request<EventStream<unknown>>(
      watch,
      { body },
    );
    await expect(
      (async () => {
        for await (const _ of stream);
      })(),
    ).rejects.toMatchObject({ name: "TimeoutError", clock: "total", timeout: 1000 });
    expect(await stream.end).toMatchObject({ reason: "timeout" });
    await server.left;
  });

  test("ends with the idle clock", async () => {
    const server = await serve(silent);
    const stream = await clientAt(server.url, { timeout: { idle: 40 } }).request<EventStream<unknown>>(
      watch,
      { body },
    );
    await expect(
      (async () => {
        for await (const _ of stream);
      })(),
    ).rejects.toMatchObject({ name: "TimeoutError", clock: "idle", timeout: 40 });
    await server.left;
  });

  test("ends with the first event's clock", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
    });
    const client = clientAt(server.url, { timeout: { firstEvent: 40 } });
    const stream = await client.request<EventStream<unknown>>(watch, { body });
    await expect(
      (async () => {
        for await (const _ of stream);
      })(),
    ).rejects.toMatchObject({ name: "TimeoutError", clock: "firstEvent", timeout: 40 });
    await server.left;
  });
});

test("the caller's signal keeps no listener of a finished stream", async () => {
  const server = await serve(sendEvents(`${events({ n: 1 })}data: [DONE]\n\n`));
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners += 1;
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners -= 1;
    removeEventListener.apply(signal, args);
  };
  const stream = await clientAt(server.url).request<EventStream<unknown>>(watch, { body }, { signal });
  expect(listeners).toBe(1);
  for await (const _ of stream);
  expect(listeners).toBe(0);
});
