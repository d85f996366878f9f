export * from "./generated/openai-compatible/operations.ts";
