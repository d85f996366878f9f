import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createMockServer, createScriptedModel } from "@hawser/mock";
import type { Endpoints } from "../../examples/runtimes/smoke.ts";

const openapi = join(import.meta.dirname, "../../openapi");
const documents = (name: string) => ({
  document: join(openapi, `${name}.yaml`),
  overlays: [join(openapi, `${name}.overlay.yaml`)],
});

/** The servers that the steps of examples/runtimes/smoke.ts are taken against. */
export async function serve(): Promise<{ endpoints: Endpoints } & AsyncDisposable> {
  const inference = await createMockServer({
    ...documents("runcrate/inference"),
    scenes: { recovers: { createChatCompletion: [{ status: 503 }, "plain"] } },
  });
  const infrastructure = await createMockServer({
    ...documents("runcrate/infrastructure"),
    scene: "instanceRuns",
  });
  const model = await createScriptedModel([
    {
      toolCalls: ["weather", "calendar"].map((name) => ({ name, arguments: { city: "Oslo" } })),
    },
    "Take a coat.",
    '{"sky":"rain"}',
  ]);
  const left = createServer((_request, response) => {
    const { answer } = inference.requests.at(-1) ?? {};
    if (answer === undefined) response.end("no request");
    else answer.then(({ outcome }) => response.end(outcome));
  }).listen(0, "127.0.0.1");
  await once(left, "listening");
  return {
    endpoints: {
      inference: inference.url,
      infrastructure: infrastructure.url,
      model: model.url,
      left: `http://127.0.0.1:${(left.address() as AddressInfo).port}/`,
    },
    async [Symbol.asyncDispose]() {
      left.closeAllConnections();
      left.close();
      await Promise.all([inference.close(), infrastructure.close(), model.close()]);
    },
  };
}
