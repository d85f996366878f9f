export { type Config, defineConfig, type Target } from "./config.ts";
export type { OpenAPIDocument } from "./document.ts";
export { DocumentError, type Problem } from "./document-error.ts";
export {
  type Generated,
  type GenerateOptions,
  generate,
  represent,
  staleFiles,
  writeFiles,
} from "./generate.ts";
export { buildIR } from "./ir/build-ir.ts";
export { checkIR, irSchema } from "./ir/check-ir.ts";
export * from "./ir/ir.ts";
export type { Json, JsonObject } from "./json.ts";
export { type LoadedDocument, loadDocument } from "./load/load-document.ts";
export type { BodyEncoding, StreamFraming } from "./media-types.ts";
export { type NormalisedDocument, normalise } from "./normalise/normalise.ts";
export type { Change } from "./normalise/report.ts";
export { applyOverlay } from "./overlay/apply-overlay.ts";
export { loadOverlay, type Overlay } from "./overlay/load-overlay.ts";
export {
  type GeneratedFile,
  printTypeScript,
  type TypeScriptOptions,
} from "./print/typescript/print-typescript.ts";
