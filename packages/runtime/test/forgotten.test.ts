import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { type APIPromise, BinaryResponse, type Client, EventStream, type Operation } from "../src/index.ts";
import { useServers } from "./fault-server.ts";
import { clientAt, listShips } from "./service.ts";

const { serve } = useServers();

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const download: Operation = {
  ...listShips,
  outcomes: [{ status: "200", kind: "binary", type: BinaryResponse }],
};
const watch: Operation = {
  ...listShips,
  outcomes: [{ status: "200", kind: "stream" }],
  stream: { mode: "always", framing: "server-sent-events", item: "payload", type: EventStream },
};

/** Makes a call and forgets what it gave. */
async function forget(client: Client, operation: Operation, use: (call: APIPromise<unknown>) => unknown) {
  await use(client.request<unknown>(operation, {}));
}

test.each([
  ["a stream that is never read", watch, (call: APIPromise<unknown>) => call],
  ["a file that is never read", download, (call: APIPromise<unknown>) => call],
  ["a response that is never read", download, (call: APIPromise<unknown>) => call.asResponse()],
  ["an answer that is never asked for", download, () => {}],
] as const)("%s lets its connection go when it is forgotten", async (_, operation, use) => {
  const server = await serve((response) => {
    response.writeHead(200, { "content-type": "application/octet-stream" });
    response.write("data: 1\n\n");
  });
  await forget(clientAt(server.url), operation, use);
  let isOver = false;
  const over = server.left.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collectGarbage();
  }
  await over;
  expect(server.requests).toHaveLength(1);
});
