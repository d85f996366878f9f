export * from "./generated/vcita/operations.ts";
