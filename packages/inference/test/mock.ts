import { join } from "node:path";
import { createMockServer, type MockServer } from "@hawser/mock";

const documents = join(import.meta.dirname, "../../../openapi");

function start(name: string): Promise<MockServer> {
  return createMockServer({
    document: join(documents, `${name}.yaml`),
    overlays: [join(documents, `${name}.overlay.yaml`)],
  });
}

/** Mock servers of the documents the clients were generated from. */
export const startRuncrate = () => start("runcrate/inference");
export const startCrun = () => start("crun/inference");
export const startVcita = () => start("vcita/ai");
export const startOpenAICompatible = () => start("common/openai-compatible");
