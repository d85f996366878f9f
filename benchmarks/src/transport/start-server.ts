import { fork } from "node:child_process";
import { once } from "node:events";

/** The server in a process of its own. */
export interface LocalServer extends Disposable {
  /** What paths are appended to: `http://127.0.0.1:…/v1`. */
  readonly baseURL: string;
}

/** Starts the server on a free port; disposing of it ends its process. */
export async function startServer(): Promise<LocalServer> {
  const child = fork(new URL("./server.ts", import.meta.url), { execArgv: [] });
  const [port] = await once(child, "message");
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    [Symbol.dispose]: () => child.disconnect(),
  };
}
