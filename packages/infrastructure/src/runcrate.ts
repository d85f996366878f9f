export * from "./generated/runcrate/index.ts";
