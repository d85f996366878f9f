export { type Config, defineConfig, type Target } from "./config.ts";
export { type Changeset, changesetFor } from "./diff/changeset.ts";
export { diff } from "./diff/diff.ts";
export { type Audience, type Difference, isAtLeast, type Level, levelOf, levels } from "./diff/difference.ts";
export type { OpenAPIDocument } from "./document.ts";
export { DocumentError, type Problem } from "./document-error.ts";
export {
  type Generated,
  type GenerateOptions,
  generate,
  type Language,
  type Represented,
  represent,
  type Stage,
  staleFiles,
  writeFiles,
} from "./generate.ts";
export { buildIR } from "./ir/build-ir.ts";
export { checkIR, irSchema } from "./ir/check-ir.ts";
export * from "./ir/ir.ts";
export type { Json, JsonObject } from "./json.ts";
export { findLeftovers, type Leftovers, removeFiles } from "./leftovers.ts";
export { type LintFinding, lint, type Severity, severities } from "./lint/lint.ts";
export { absoluteSource, type LoadedDocument, type LoadOptions, loadDocument } from "./load/load-document.ts";
export { loadOverlaid, type OverlaidDocument, type SourceOptions } from "./load/load-overlaid.ts";
export { allowedAddress, isRemote, type RemoteLimits } from "./load/remote-reader.ts";
export type { BodyEncoding, StreamFraming } from "./media-types.ts";
export { type NormalisedDocument, normalise } from "./normalise/normalise.ts";
export type { Change } from "./normalise/report.ts";
export { type ApplyOptions, applyOverlay } from "./overlay/apply-overlay.ts";
export { loadOverlay, type Overlay } from "./overlay/load-overlay.ts";
export { type FolderOptions, optionProblem, type PackageOptions } from "./print/package/package-options.ts";
export { printPython } from "./print/python/print-python.ts";
export {
  type GeneratedFile,
  printTypeScript,
  type TypeScriptOptions,
} from "./print/typescript/print-typescript.ts";
export { stainlessBeside } from "./stainless/load-stainless.ts";
export { formatDocument } from "./write/format-document.ts";
export { inVersion, type OpenAPIVersion } from "./write/openapi-version.ts";
