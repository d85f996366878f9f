import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";
import { afterEach } from "vitest";

/** A request as it reached the server. */
interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server of a test: what it saw, and how to end it. */
export interface FaultServer {
  readonly url: string;
  readonly port: number;
  readonly requests: SeenRequest[];
  /** Resolves when the client has left while an answer was still open. */
  readonly left: Promise<void>;
  close(): Promise<void>;
}

/** Answers one request. `count` is 1 for the first request the server sees. */
export type Answerer = (response: ServerResponse, request: SeenRequest, count: number) => void;

async function readAll(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("latin1");
}

/** Starts a server on a free port of this machine. */
export async function listen(server: Server | ReturnType<typeof createSocketServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A real HTTP server on a free port that answers as it is told. */
async function startServer(answer: Answerer): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const listener: RequestListener = async (incoming, response) => {
    response.on("close", () => {
      if (!response.writableFinished) leave();
    });
    const { method = "", url = "", headers } = incoming;
    const seen = { method, url, headers, body: await readAll(incoming) };
    requests.push(seen);
    answer(response, seen, requests.length);
  };
  const server = createServer(
    (incoming, response) => void Promise.resolve(listener(incoming, response)).catch(() => {}),
  );
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    left,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server of bare sockets, for faults that HTTP servers can't be talked into. Counts connections that sent bytes. */
export async function startSocketServer(
  onRequest: (socket: Socket, count: number) => void,
): Promise<{ url: string; count(): number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => {
      count += 1;
      onRequest(socket, count);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => count,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The URL of a port nobody listens on. */
export async function unusedURL(): Promise<string> {
  const server = createSocketServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Ends an answer with a JSON body. */
export function sendJSON(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** Closes whatever a test file's tests opened, after each of them. */
export function useServers() {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });

  /** Has a server closed after the test. */
  function keep<Server extends { close(): Promise<void> }>(server: Server): Server {
    open.push(server);
    return server;
  }
  const answerOK: Answerer = (response) => sendJSON(response, 200, { ok: true });
  return { keep, serve: async (answer: Answerer = answerOK) => keep(await startServer(answer)) };
}

/** Fails as told until the last attempt of the default retries, then succeeds. */
export function failTwice(fail: Answerer): Answerer {
  return (response, request, count) => {
    if (count <= 2) fail(response, request, count);
    else sendJSON(response, 200, { ok: true });
  };
}
