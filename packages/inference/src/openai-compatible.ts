export {
  createOpenAICompatible,
  type OpenAICompatibleSettings,
} from "./create-openai-compatible.ts";
export * from "./generated/openai-compatible/index.ts";
export type { RequestQuirks } from "./request-quirks.ts";
