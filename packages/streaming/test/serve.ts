import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";

/** What to do when a test is over. */
const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

interface Server {
  readonly response: Response;
  /** Settles when the connection of the request is closed, by whomever. */
  readonly closed: Promise<void>;
}

/** Starts a server that begins to stream and then does what it is told, and sends it one request. */
export async function request(
  handle: (response: ServerResponse) => void,
  init: RequestInit = {},
): Promise<Server> {
  let onClosed: () => void = () => {};
  const closed = new Promise<void>((resolve) => {
    onClosed = resolve;
  });
  const server = createServer((_request: IncomingMessage, response) => {
    response.on("close", onClosed);
    response.writeHead(200, { "content-type": "text/event-stream" });
    handle(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { response: await fetch(`http://127.0.0.1:${port}/`, init), closed };
}
