export * from "./generated/crun/index.ts";
