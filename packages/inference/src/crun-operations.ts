export * from "./generated/crun/operations.ts";
