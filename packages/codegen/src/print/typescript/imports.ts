import type { IR } from "../../ir/ir.ts";
import { literal } from "./literal.ts";

/** What generated files take from the runtime. */
const runtimeTypes = [
  "APIPromise",
  "BinaryResponse",
  "ChatCompletionStream",
  "Client",
  "ClientOptions",
  "CreateAndWaitOptions",
  "Creation",
  "EventStream",
  "Finder",
  "MessageStream",
  "MultipartPart",
  "Operation",
  "PagePromise",
  "RequestOptions",
  "ResponseStream",
  "ServerSentEvent",
  "Service",
  "Uploadable",
  "UploadOptions",
  "UploadPlan",
  "WaitOptions",
  "Waiter",
] as const;

/** Names a schema can't have in TypeScript, since the generated files use them in another sense. */
export const takenTypeNames: ReadonlySet<string> = new Set([
  ...runtimeTypes,
  ...[
    "Array",
    "Date",
    "Error",
    "Function",
    "Map",
    "Object",
    "Omit",
    "Pick",
    "Promise",
    "Record",
    "Set",
    "String",
    "Symbol",
  ],
  ...[
    "Number",
    "Boolean",
    "Partial",
    "Required",
    "Readonly",
    "Exclude",
    "Extract",
    "NonNullable",
    "WithRequired",
  ],
]);

/** The import lines a text needs: from the runtime, by value (`name` or `name as other`) or by type, and from `schema.ts`. */
export function importsFor(
  ir: IR,
  text: string,
  from: { readonly runtime: string; readonly schema: string; readonly values?: readonly string[] },
): string {
  const used = identifiersIn(text);
  const values = (from.values ?? []).filter((name) => used.has(name.replace(/^.* as /, "")));
  const types = runtimeTypes
    .filter((name) => used.has(name) && !values.includes(name))
    .map((name) => `type ${name}`);
  const schemas = Object.keys(ir.schemas).filter((name) => used.has(name));
  return named([...types, ...values], from.runtime, values.length === 0) + named(schemas, from.schema, true);
}

function named(names: readonly string[], module: string, typesOnly: boolean): string {
  if (names.length === 0) return "";
  const plain = typesOnly ? names.map((name) => name.replace(/^type /, "")) : names;
  const sorted = plain.toSorted((a, b) => compare(a.replace(/^type /, ""), b.replace(/^type /, "")));
  const keyword = typesOnly ? "import type" : "import";
  const line = `${keyword} { ${sorted.join(", ")} } from ${literal(module)};\n`;
  return line.length <= 110
    ? line
    : `${keyword} {\n${sorted.map((name) => `  ${name},\n`).join("")}} from ${literal(module)};\n`;
}

/** The names in the code of a text: not those in comments or strings, and no members of something else. */
export function identifiersIn(text: string): ReadonlySet<string> {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"/g, "");
  return new Set(code.match(/(?<![\p{L}\p{Nd}_$.#])[\p{L}_$][\p{L}\p{Nd}_$]*/gu));
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
