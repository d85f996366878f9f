import type { Helper, IR, Operation } from "../../ir/ir.ts";
import { uniqueName } from "../../names.ts";
import { framingValues } from "./overloads.ts";

/** The functions of the runtime that write bodies, by encoding. JSON, which most bodies are, the runtime writes by itself. */
export const bodyWriters: Readonly<Partial<Record<NonNullable<Operation["body"]>["encoding"], string>>> = {
  multipart: "multipartBody",
  urlencoded: "urlencodedBody",
  binary: "binaryBody",
  text: "textBody",
};

/** Names the generated `operations.ts` uses itself, which no operation can have. */
export const takenOperationNames: ReadonlySet<string> = new Set([
  "service",
  "clientCredentials",
  "createClient",
  "createServiceClient",
  ...Object.values(bodyWriters),
  ...Object.values(framingValues),
  "openEnvelope",
  "locateServers",
  // Whoever imports a module that exports it with `import()` waits for it as for a promise.
  "then",
]);

/** The functions of the runtime that generated functions call, beside `client.request`. */
export const runtimeFunctions = ["createAndWait", "findBy", "listPages", "uploadFile", "waitUntil"] as const;

/** What the functions of the runtime are called in a module. */
export type RuntimeNames = Readonly<Record<(typeof runtimeFunctions)[number], string>>;

/** Their own names, for a module that has no functions. */
export const plainNames: RuntimeNames = namesFor(new Set());

/** Their own names, or `sendUploadFile` and the like where an operation or a helper has that name. */
export function runtimeNames(ir: IR): RuntimeNames {
  return namesFor(new Set([...ir.operations, ...ir.helpers].map(({ id }) => id)));
}

function namesFor(taken: Set<string>): RuntimeNames {
  const names = runtimeFunctions.map((name) => [
    name,
    taken.has(name) ? uniqueName(`run${name.charAt(0).toUpperCase()}${name.slice(1)}`, taken) : name,
  ]);
  return Object.fromEntries(names) as RuntimeNames;
}

/** The name of the constant that describes an operation. */
export function operationConstant(id: string): string {
  return `${id}Operation`;
}

const suffixes: Record<Helper["kind"], string> = {
  waiter: "Waiter",
  creation: "Creation",
  finder: "Finder",
  upload: "Plan",
};

/** The name of the constant that describes a helper. */
export function helperConstant({ kind, id }: Pick<Helper, "kind" | "id">): string {
  return `${id}${suffixes[kind]}`;
}
