import { describe, expect, expectTypeOf, test } from "vitest";
import {
  AuthenticationError,
  ChatCompletionStream,
  EventStream,
  type Operation,
  openEnvelope,
  PaymentRequiredError,
  UnprocessableEntityError,
} from "../src/index.ts";
import { sendJSON, useServers } from "./fault-server.ts";
import { clientAt, createShip, failureOf, listShips } from "./service.ts";

const { serve } = useServers();

const coded: Operation = {
  ...listShips,
  id: "listTasks",
  envelope: {
    data: "/data",
    success: { pointer: "/code", values: [200] },
    status: "/code",
    open: openEnvelope,
  },
};
const flagged: Operation = {
  ...listShips,
  envelope: { data: "/data", success: { pointer: "/success", values: [true] }, open: openEnvelope },
};
const plain: Operation = { ...listShips, envelope: { data: "/data", open: openEnvelope } };

describe("an answer in an envelope", () => {
  const whole = { data: [{ id: "a" }], meta: { total: 1 } };

  test("gives what is in it, and the whole beside the response", async () => {
    const server = await serve((response) => sendJSON(response, 200, whole));
    const call = clientAt(server.url).request<{ id: string }[], unknown, typeof whole>(plain, {});
    expect(await call).toEqual([{ id: "a" }]);
    const { data, body, response } = await call.withResponse();
    expectTypeOf(body).toEqualTypeOf<typeof whole>();
    expect({ data, body, status: response.status }).toEqual({ data: whole.data, body: whole, status: 200 });
    expect(await call.result()).toMatchObject({ ok: true, data: whole.data, body: whole });
    expect(server.requests).toHaveLength(1);
  });

  test("that has none is an error that keeps what came", async () => {
    const server = await serve((response) => sendJSON(response, 200, { items: [] }));
    expect(await failureOf(server.url, plain)).toMatchObject({
      name: "InvalidResponseError",
      message: `200 from GET ${server.url}/ships, but the answer has nothing at "/data"`,
      rawBody: '{"items":[]}',
    });
  });

  test("may hold nothing where nothing is needed", async () => {
    const server = await serve((response) => sendJSON(response, 200, { success: true }));
    const remove: Operation = { ...flagged, method: "DELETE" };
    const { data, body } = await clientAt(server.url).request(remove, {}).withResponse();
    expect([data, body]).toEqual([undefined, { success: true }]);
  });

  test("is left alone where it is no JSON", async () => {
    const server = await serve((response) =>
      response.writeHead(200, { "content-type": "text/plain" }).end('{"data":1}'),
    );
    const text: Operation = {
      ...plain,
      outcomes: [{ status: "200", kind: "text", mediaType: "text/plain" }],
    };
    expect(await clientAt(server.url).request(text, {})).toBe('{"data":1}');
  });

  test("isn't looked for in a stream", async () => {
    const server = await serve((response) =>
      response.writeHead(200, { "content-type": "text/event-stream" }).end('data: {"n":1}\n\n'),
    );
    const watch: Operation = {
      ...createShip,
      envelope: { data: "/data", open: openEnvelope },
      stream: { mode: "always", framing: "server-sent-events", item: "payload", type: EventStream },
    };
    const seen: unknown[] = [];
    for await (const item of await clientAt(server.url).request<EventStream<unknown>>(watch, { body: {} })) {
      seen.push(item);
    }
    expect(seen).toEqual([{ n: 1 }]);
  });
});

describe("an envelope that says it failed", () => {
  const table: [code: number, name: string][] = [
    [401, "AuthenticationError"],
    [402, "PaymentRequiredError"],
    [404, "NotFoundError"],
    [422, "UnprocessableEntityError"],
    [429, "RateLimitError"],
    [455, "APIError"],
    [501, "InternalServerError"],
  ];
  test.each(table)("with %i is an %s in spite of its HTTP status", async (code, name) => {
    const server = await serve((response) =>
      sendJSON(response, 200, { code, message: "No luck", data: null }),
    );
    expect(await failureOf(server.url, coded)).toMatchObject({
      name,
      status: code,
      code: String(code),
      message: expect.stringMatching(new RegExp(`^${code} (?!OK).*from GET .*/ships: No luck$`)),
      body: { code, message: "No luck", data: null },
    });
  });

  test("is a result with the status the body tells", async () => {
    const server = await serve((response) =>
      sendJSON(response, 200, { code: 402, message: "Empty", data: null }),
    );
    interface Errors {
      402: { message: string };
    }
    const result = await clientAt(server.url).request<unknown, Errors>(coded, {}).result();
    if (result.ok || result.status !== 402) throw new Error("The call succeeded.");
    expect(PaymentRequiredError.is(result.error)).toBe(true);
    expect(result.error.body.message).toBe("Empty");
    expect(result.response.status).toBe(200);
  });

  test("where a stream was asked for is that error too, and anything else is read as a stream", async () => {
    const chunk = { choices: [{ index: 0, delta: { content: "Ahoy" }, finish_reason: "stop" }] };
    const chat: Operation = {
      ...coded,
      stream: { mode: "always", framing: "server-sent-events", item: "payload", type: ChatCompletionStream },
    };
    const server = await serve((response, _, count) => {
      if (count === 1) sendJSON(response, 200, { code: 402, message: "Empty", data: null });
      else
        response
          .writeHead(200, { "content-type": "application/json" })
          .end(`data: ${JSON.stringify(chunk)}\n\n`);
    });
    const client = clientAt(server.url);
    await expect(client.request(chat, {})).rejects.toMatchObject({
      name: "PaymentRequiredError",
      status: 402,
    });
    const stream = await client.request<ChatCompletionStream>(chat, {});
    expect((await stream.finalCompletion()).choices[0]?.message.content).toBe("Ahoy");
  });

  test("without a status of its own has HTTP's, and the words of its errors", async () => {
    const errors = [{ code: "invalid", message: "is unknown", field: "model" }];
    const server = await serve((response) => sendJSON(response, 200, { success: false, errors }));
    expect(await failureOf(server.url, flagged)).toMatchObject({
      name: "APIError",
      status: 200,
      code: "invalid",
      param: "model",
      details: errors,
      message: `200 OK from GET ${server.url}/ships: model: is unknown`,
    });
  });

  test("with a status of failure is read as ever", async () => {
    const server = await serve((response, _, count) =>
      count === 1
        ? sendJSON(response, 401, { code: 401, message: "Bad key", data: null })
        : sendJSON(response, 422, { success: false, errors: [{ code: "invalid", message: "is unknown" }] }),
    );
    const first = await failureOf(server.url, coded);
    expect(AuthenticationError.is(first) && first.status).toBe(401);
    expect(first.message).toContain("Bad key");
    const second = await failureOf(server.url, flagged);
    expect(UnprocessableEntityError.is(second) && second.code).toBe("invalid");
  });

  test("shows no key that it quotes", async () => {
    const key = "plainkeywithoutprefix42";
    const server = await serve((response) =>
      sendJSON(response, 200, { code: 401, message: `No ${key}`, data: null }),
    );
    const error = await failureOf(server.url, coded, { client: { apiKey: key } });
    expect(error.message).toContain("No [redacted]");
  });
});
