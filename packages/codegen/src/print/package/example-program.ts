import type { IR } from "../../ir/ir.ts";
import { camelCase, uniqueName } from "../../names.ts";
import { literal } from "../typescript/literal.ts";
import { indexNames } from "../typescript/print-index.ts";
import { reservedWords } from "../typescript/reserved-words.ts";
import { block } from "./markdown.ts";

/** Where examples import from. */
export interface ExampleModules {
  readonly client: string;
  readonly operations: string;
  readonly runtime: string;
  /** Absent when there are no schemas that validate. */
  readonly validation?: string;
}

/** What the client is called in examples. */
export function clientVariable(ir: IR): string {
  const name = camelCase(ir.client.name);
  // A title that became a name can be longer than the call.
  const taken = new Set([...reservedWords, ...variables, ir.client.name]);
  return uniqueName(name.length > 24 ? "client" : name, taken);
}

/** The variables of examples, which the client can't be called. */
const variables = [
  "answer",
  "checked",
  "created",
  "error",
  "items",
  "item",
  "result",
  "stream",
  "address",
  "found",
  "ready",
];

/**
 * A program that opens a client and does something with it.
 *
 * @param used what it imports beside the client
 * @param text the program, in which `$client` stands for the client
 */
export function program(ir: IR, modules: ExampleModules, text: string, used: readonly string[] = []): string {
  const variable = clientVariable(ir);
  return block(
    `${imports(ir, modules, [...used, ir.client.name])}\nconst ${variable} = new ${ir.client.name}();\n${text.replaceAll("$client", variable)}`,
  );
}

/** Import lines: a name of the runtime that a schema took from the client's module comes from the runtime. */
export function imports(ir: IR, modules: ExampleModules, names: readonly string[]): string {
  const isTaken = (name: string) => indexNames.has(name) && Object.hasOwn(ir.schemas, name);
  const line = (found: readonly string[], module: string) =>
    found.length === 0 ? "" : `import { ${found.toSorted().join(", ")} } from ${literal(module)};\n`;
  return (
    line(
      names.filter((name) => !isTaken(name)),
      modules.client,
    ) + line(names.filter(isTaken), modules.runtime)
  );
}
