export { type Config, defineConfig, type Target } from "@hawser/codegen";
export { exitCodes } from "./exit-codes.ts";
export { type Output, run } from "./run.ts";
