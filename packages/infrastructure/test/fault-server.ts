import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** Where a creation is cut off, in the order of its way. */
export const faults = [
  "before the body is read",
  "before the answer",
  "within the headers of the answer",
  "before the body of the answer",
  "within the body of the answer",
  "after the answer",
] as const;
export type Fault = (typeof faults)[number];

/** A server whose creations are cut off, while lists tell what it has created nevertheless. */
export interface FaultServer extends AsyncDisposable {
  readonly url: string;
  /** How often a creation arrived, by the name in its body. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** How many connections were opened, and how many lists were asked for. */
  readonly counts: { connections: number; lists: number };
  /** Cuts off everything but lists from now on, and with `everything` those too. */
  cut(fault: Fault | undefined, everything?: boolean): void;
}

/** Starts it. */
export async function startFaultServer(): Promise<FaultServer> {
  const arrivals = new Map<string, number>();
  const counts = { connections: 0, lists: 0 };
  let fault: Fault | undefined;
  let everything = false;

  const server = createServer((request, response) => {
    const isCreation = request.method === "POST";
    if (!isCreation) counts.lists += 1;
    const wrong = isCreation || everything ? fault : undefined;
    if (wrong === "before the body is read") {
      request.socket.resetAndDestroy();
      return;
    }
    readBody(request).then(
      (text) => {
        if (!isCreation) return answer(response, wrong, 200, { data: [...arrivals.keys()].map(instance) });
        const { name } = JSON.parse(text) as { name: string };
        arrivals.set(name, (arrivals.get(name) ?? 0) + 1);
        answer(response, wrong, 201, { data: instance(name) });
      },
      () => {},
    );
  });
  server.on("connection", (socket: Socket) => {
    counts.connections += 1;
    socket.on("error", () => {});
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    arrivals,
    counts,
    cut(next, alsoLists = false) {
      fault = next;
      everything = alsoLists;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function instance(name: string) {
  return { id: `ins_${name}`, name, status: "deploying" };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

/** Writes an answer as far as it may get. Each closes its connection, so that the next call opens one. */
function answer(response: ServerResponse, fault: Fault | undefined, status: number, body: unknown): void {
  const socket = response.socket;
  const text = JSON.stringify(body);
  if (socket === null) return;
  const head = `HTTP/1.1 ${status} Any\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n`;
  const lengths: Partial<Record<Fault, number>> = {
    "before the answer": 0,
    "within the headers of the answer": 20,
    "before the body of the answer": head.length,
    "within the body of the answer": head.length + 10,
    "after the answer": head.length + text.length,
  };
  const length = fault === undefined ? undefined : lengths[fault];
  if (length === undefined) socket.end(head + text);
  else if (length === 0) socket.resetAndDestroy();
  else socket.write((head + text).slice(0, length), () => socket.resetAndDestroy());
}
