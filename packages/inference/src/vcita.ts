export * from "./generated/vcita/index.ts";
