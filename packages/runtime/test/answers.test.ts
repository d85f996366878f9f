import { describe, expect, test } from "vitest";
import { BinaryResponse, type Operation, type Quirk } from "../src/index.ts";
import { type Answerer, sendJSON, useServers } from "./fault-server.ts";
import { clientAt, failureOf, listShips } from "./service.ts";

const { serve } = useServers();

function sendText(text: string, headers: Record<string, string> = {}, status = 200): Answerer {
  return (response) => response.writeHead(status, headers).end(text);
}

const audio: Operation = {
  ...listShips,
  id: "getSpeech",
  outcomes: [{ status: "200", kind: "binary", type: BinaryResponse, mediaType: "audio/mpeg" }],
};

describe("a file", () => {
  const headers = {
    "content-type": "audio/mpeg",
    "content-disposition": 'attachment; filename="talk.mp3"',
    "content-length": "5",
  };

  test("comes with its type, name and size, and its bytes in the way one likes", async () => {
    const server = await serve(sendText("bytes", headers));
    const client = clientAt(server.url);
    const ask = () => client.request<BinaryResponse>(audio, {});
    const file = await ask();
    expect([file.contentType, file.filename, file.size]).toEqual(["audio/mpeg", "talk.mp3", 5]);
    expect(server.requests[0]?.headers.accept).toBe("audio/mpeg, application/json");
    expect(new TextDecoder().decode(await file.bytes())).toBe("bytes");
    expect((await (await ask()).arrayBuffer()).byteLength).toBe(5);
    const blob = await (await ask()).blob();
    expect([blob.type, await blob.text()]).toEqual(["audio/mpeg", "bytes"]);
    expect(await new Response((await ask()).stream()).text()).toBe("bytes");
  });

  test("isn't read before someone asks, and giving it up lets the connection go", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "audio/mpeg" });
      response.write("first");
    });
    const file = await clientAt(server.url).request<BinaryResponse>(audio, {});
    await file.cancel();
    await server.left;
  });

  test("that stalls runs into the idle clock", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "audio/mpeg" });
      response.write("first");
    });
    const file = await clientAt(server.url, { timeout: { idle: 40 } }).request<BinaryResponse>(audio, {});
    await expect(file.bytes()).rejects.toMatchObject({ name: "TimeoutError", clock: "idle" });
    await server.left;
  });

  test("that takes too long in all runs into the total clock", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "audio/mpeg" });
      const timer = setInterval(() => response.write("more"), 5);
      response.on("close", () => clearInterval(timer));
    });
    const file = await clientAt(server.url, { timeout: { total: 1000 } }).request<BinaryResponse>(audio, {});
    await expect(file.bytes()).rejects.toMatchObject({ name: "TimeoutError", clock: "total" });
    await server.left;
  });

  test("that is an error as JSON is that error", async () => {
    const server = await serve((response) =>
      sendJSON(response, 200, { error: { message: "No voice", code: "voice" } }),
    );
    expect(await failureOf(server.url, audio)).toMatchObject({
      name: "APIError",
      status: 200,
      code: "voice",
    });
  });

  test("that is other JSON is still given", async () => {
    const server = await serve((response) => sendJSON(response, 200, { url: "https://cdn.test/a" }));
    const file = await clientAt(server.url).request<BinaryResponse>(audio, {});
    expect(await (await file.blob()).text()).toBe('{"url":"https://cdn.test/a"}');
  });
});

describe("text", () => {
  const operation: Operation = {
    ...listShips,
    outcomes: [
      { status: "200", kind: "json", mediaType: "application/json" },
      { status: "200", kind: "text", mediaType: "text/plain" },
    ],
  };
  test("is a string, also when it looks like JSON", async () => {
    const server = await serve(sendText("42", { "content-type": "text/plain" }));
    expect(await clientAt(server.url).request(operation, {})).toBe("42");
  });
  test("with characters split between reads is whole", async () => {
    const bytes = Buffer.from("naïve 🚢");
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      response.write(bytes.subarray(0, 3));
      setTimeout(() => response.end(bytes.subarray(3)), 10);
    });
    expect(await clientAt(server.url).request(operation, {})).toBe("naïve 🚢");
  });
});

describe("nothing", () => {
  test("is undefined for 204, and for every success of an operation that deletes", async () => {
    const server = await serve((response, _, count) => response.writeHead(count === 1 ? 204 : 200).end());
    const remove: Operation = { ...listShips, method: "DELETE" };
    expect(await clientAt(server.url).request(remove, {})).toBeUndefined();
    expect(await clientAt(server.url).request(remove, {})).toBeUndefined();
  });
  test("is an error where data was promised", async () => {
    const server = await serve(sendText("", { "content-type": "application/json" }));
    expect(await failureOf(server.url, listShips)).toMatchObject({
      name: "InvalidResponseError",
      message: `200 from GET ${server.url}/ships, but the answer is empty`,
    });
  });
  test("is what a body that nobody declared is taken for", async () => {
    const server = await serve((response) => sendJSON(response, 200, { message: "deleted" }));
    const remove: Operation = {
      ...listShips,
      method: "DELETE",
      outcomes: [{ status: "200", kind: "empty" }],
    };
    expect(await clientAt(server.url).request(remove, {})).toBeUndefined();
  });
});

describe("JSON", () => {
  test("with the end marker of streams behind it is read, and the quirk reported", async () => {
    const server = await serve(
      sendText('{"id":1}\n\ndata: [DONE]\n\n', { "content-type": "application/json" }),
    );
    const quirks: Quirk[] = [];
    const client = clientAt(server.url, { onQuirk: (quirk) => quirks.push(quirk) });
    expect(await client.request(listShips, {})).toEqual({ id: 1 });
    expect(quirks).toMatchObject([{ id: "Q10" }]);
    await expect(client.request(listShips, {}, { strict: true })).rejects.toMatchObject({
      name: "InvalidResponseError",
    });
  });
  test("without a media type is read", async () => {
    const server = await serve(sendText('{"id":1}'));
    expect(await clientAt(server.url).request(listShips, {})).toEqual({ id: 1 });
  });
  test("whose error member stands beside data is data", async () => {
    const server = await serve((response) =>
      sendJSON(response, 200, { id: 1, error: { message: "earlier" } }),
    );
    expect(await clientAt(server.url).request(listShips, {})).toEqual({
      id: 1,
      error: { message: "earlier" },
    });
  });
});

test("an answer full of white space that is no JSON is refused in time", { timeout: 30_000 }, async () => {
  const server = await serve(sendText(`{${" ".repeat(1_000_000)}x`));
  const error = await failureOf(server.url, listShips);
  expect(error).toMatchObject({ name: "InvalidResponseError" });
});
