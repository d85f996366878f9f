import { join } from "node:path";
import { createMockServer, type MockServer } from "@hawser/mock";

const documents = join(import.meta.dirname, "../../../openapi");

/** The mock server of the document the client was generated from. */
export function startRuncrate(): Promise<MockServer> {
  return createMockServer({
    document: join(documents, "runcrate/inference.yaml"),
    overlays: [join(documents, "runcrate/inference.overlay.yaml")],
  });
}
