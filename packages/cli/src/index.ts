export { exitCodes } from "./exit-codes.ts";
export { type Output, run } from "./run.ts";
