import type { IR } from "../../ir/ir.ts";
import { avoidTakenNames } from "./avoid-taken-names.ts";
import { printClient } from "./print-client.ts";
import { printIndex } from "./print-index.ts";
import { printOperations } from "./print-operations.ts";
import { printSchema } from "./print-schema.ts";

/** How the TypeScript printer writes. */
export interface TypeScriptOptions {
  /** The module the runtime is imported from. Default: `@hawser/runtime`. */
  readonly runtime?: string;
  /** What imports among the generated files end in: `.js` for compiled code (the default), `.ts` for code run as it is. */
  readonly importExtension?: ".js" | ".ts" | "";
}

/** A file to be written, its path relative to the output folder. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Prints a TypeScript client from the intermediate representation alone: `schema.ts` (types), `operations.ts` (a
 * function per operation), `client.ts` (the resource client), `index.ts` (all a user imports).
 */
export async function printTypeScript(
  representation: IR,
  options: TypeScriptOptions = {},
): Promise<GeneratedFile[]> {
  const ir = avoidTakenNames(representation);
  const extension = options.importExtension ?? ".js";
  const modules = {
    runtime: options.runtime ?? "@hawser/runtime",
    schema: `./schema${extension}`,
    operations: `./operations${extension}`,
    client: `./client${extension}`,
  };
  return [
    { path: "schema.ts", content: printSchema(ir, modules.runtime) },
    { path: "operations.ts", content: printOperations(ir, modules) },
    { path: "client.ts", content: printClient(ir, modules) },
    { path: "index.ts", content: printIndex(ir, modules) },
  ];
}
