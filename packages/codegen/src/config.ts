import type { GenerateOptions } from "./generate.ts";

/** One client to generate: its document, its overlays, its folder. Paths are relative to the configuration file. */
export interface Target extends Omit<GenerateOptions, "onStage"> {
  /** The folder the client is written to. */
  readonly out: string;
}

/** What `hawser.config.ts` holds. */
export interface Config {
  readonly clients: readonly Target[];
  /** URLs the documents of all clients may refer to, each with everything below it. Default: their own origins. */
  readonly remoteReferences?: readonly string[];
}

/** Types a configuration: `export default defineConfig({ clients: [{ document: "openapi.yaml", out: "src/client" }] })`. */
export function defineConfig(config: Config): Config {
  return config;
}
