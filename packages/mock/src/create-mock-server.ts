import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAnswerer } from "./answer/answerer.ts";
import { createScenes } from "./answer/scenes.ts";
import { deliveryOf, problemOfWanted } from "./answer/wanted.ts";
import { readDocument } from "./document/read-document.ts";
import { turnDown } from "./document/turn-down.ts";
import { summaryOf } from "./list-operations.ts";
import { createListener } from "./listener.ts";
import type { MockServer, MockServerOptions } from "./options.ts";
import { type Checks, createEngine } from "./prism/engine.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import { createRouter } from "./request/route.ts";

const defaultMaxBodyBytes = 25 * 1024 * 1024;

/**
 * Starts a server that answers as an OpenAPI document says: it checks requests and credentials against the document
 * and answers with its named examples, streams included.
 *
 * @throws {DocumentError} when the document, an overlay or a scene can't be used, naming each place
 * @throws {ChoiceError} when `scene` names none
 * @throws {TypeError} when an option about how answers travel can't be met
 * @throws the system's error (`EADDRINUSE`) when the port is taken
 */
export async function createMockServer(options: MockServerOptions): Promise<MockServer> {
  const delivery = deliveryOf(options);
  const problem = problemOfWanted({ ...delivery });
  if (problem !== undefined) throw new TypeError(`createMockServer: ${problem}`);
  const { source, document, operations, basePaths } = await readDocument(options.document, options.overlays);
  const engine = createEngine(turnDown(document));
  const scenes = createScenes(operations, document, source, options.scenes);
  scenes.use(options.scene);
  const basePath = basePaths[0] ?? "";
  const answerer = createAnswerer(operations, engine);
  const requests: RecordedRequest[] = [];
  const listener = createListener({
    place: { operations, basePath, engine, answerer, scenes, checks: checksOf(options.validate) },
    router: createRouter(operations, basePaths),
    delivery,
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
    logger: options.logger,
    record: (request) => requests.push(request),
  });

  const server = createServer(listener);
  const host = options.host ?? "127.0.0.1";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;

  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}${basePath}`,
    port,
    operations: operations.map(summaryOf),
    scenes: scenes.names,
    requests,
    reset() {
      requests.length = 0;
      scenes.restart();
      scenes.use(options.scene);
    },
    useScene: (scene) => scenes.use(scene),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function checksOf(validate: MockServerOptions["validate"] = true): Checks {
  if (typeof validate === "boolean") return { request: validate, security: validate };
  return { request: validate.request ?? true, security: validate.security ?? true };
}
