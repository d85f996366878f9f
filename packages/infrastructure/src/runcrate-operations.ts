export * from "./generated/runcrate/operations.ts";
