import type { GenerateOptions } from "./generate.ts";

/** One client to generate: its document, its overlays, its folder. Paths are relative to the configuration file. */
export interface Target extends GenerateOptions {
  /** The folder the client is written to. */
  readonly out: string;
}

/** What `hawser.config.ts` holds. */
export interface Config {
  readonly clients: readonly Target[];
}

/** Types a configuration: `export default defineConfig({ clients: [{ document: "openapi.yaml", out: "src/client" }] })`. */
export function defineConfig(config: Config): Config {
  return config;
}
