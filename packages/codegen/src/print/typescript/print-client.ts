import type { IR, Operation, Resource } from "../../ir/ir.ts";
import { banner } from "./banner.ts";
import { classNames, memberNames } from "./class-names.ts";
import { docComment } from "./doc-comment.ts";
import { importsFor } from "./imports.ts";
import { literal } from "./literal.ts";
import { operationComment } from "./operation-comment.ts";
import { operationConstant } from "./operation-names.ts";
import { methodHead, requestCall } from "./print-call.ts";
import type { Modules } from "./print-operations.ts";
import { signatureOf } from "./signature.ts";

/** Prints `client.ts`: the client, a class per resource, a method per operation. */
export function printClient(ir: IR, modules: Modules): string {
  const classes = classNames(ir);
  const resources = [...classes.keys()].map((resource) => printResource(ir, resource, classes));
  const body = [printRoot(ir, classes), ...resources].join("\n");
  const operations = ir.operations
    .flatMap((operation) => [operationConstant(operation.id), `type ${signatureOf(ir, operation).errors}`])
    .concat("createClient")
    .toSorted();
  const imported = `import {\n${operations.map((name) => `  ${name},\n`).join("")}} from ${literal(modules.operations)};\n`;
  return `${banner(ir)}\n${importsFor(ir, body, { ...modules, values: ["mergeOptions"] })}${imported}\n${body}`;
}

function printRoot(ir: IR, classes: ReadonlyMap<Resource, string>): string {
  const { name, environment } = ir.client;
  const options = `${name}Options`;
  const { fields, assignments, methods } = printMembers(ir, ir.resources, classes, "this.transport");
  return `${docComment([`Options of \`${name}\`.`])}export type ${options} = ClientOptions;

${docComment([
  `A client for the ${ir.info.title}.`,
  ir.info.description,
  `The API key is the option \`apiKey\`${environment.apiKey === undefined ? "" : ` or the environment variable \`${environment.apiKey}\``}.`,
  "@throws {InvalidRequestError} when an option is wrong",
])}export class ${name} {
  /** What all resources send their requests through; takes the functions of \`operations\` too. */
  readonly transport: Client;
  readonly #options: ${options};
${fields}
  constructor(options: ${options} = {}) {
    this.#options = options;
    this.transport = createClient(options);
${assignments}  }

  /** The same client with some options replaced; \`headers\` and \`query\` are merged member by member. */
  withOptions(options: ${options}): ${name} {
    return new ${name}(mergeOptions(this.#options, options));
  }
${methods}}
`;
}

function printResource(ir: IR, resource: Resource, classes: ReadonlyMap<Resource, string>): string {
  const path = pathTo(ir, ir.resources, resource)?.join(".");
  const { fields, assignments, methods } = printMembers(ir, resource, classes, "client");
  const client = methods === "" ? "" : "  readonly #client: Client;\n";
  const keep = methods === "" ? "" : "    this.#client = client;\n";
  return `${docComment([resource.description ?? `The resource \`${path}\`.`])}export class ${classes.get(resource)} {
${client}${fields}
  constructor(client: Client) {
${keep}${assignments}  }
${methods}}
`;
}

/** @param client what the constructor gives to the resources below */
function printMembers(ir: IR, resource: Resource, classes: ReadonlyMap<Resource, string>, client: string) {
  const names = memberNames(ir, resource);
  const own = client === "client" ? "this.#client" : client;
  return {
    fields: resource.resources
      .map(
        (child) =>
          `${docComment([child.description], "  ")}  readonly ${names.get(child.name)}: ${classes.get(child)};\n`,
      )
      .join(""),
    assignments: resource.resources
      .map((child) => `    this.${names.get(child.name)} = new ${classes.get(child)}(${client});\n`)
      .join(""),
    methods: resource.methods
      .map(
        (method) =>
          `\n${printMethod(ir, method.operation, [...(pathTo(ir, ir.resources, resource) ?? []), names.get(method.name) ?? ""], own)}`,
      )
      .join(""),
  };
}

function printMethod(ir: IR, id: string, path: readonly string[], client: string): string {
  const operation = ir.operations.find((candidate) => candidate.id === id) as Operation;
  const signature = signatureOf(ir, operation);
  const single = signature.overloads.length === 1;
  const name = path.at(-1) ?? "";
  const heads = signature.overloads.map((overload) => {
    const comment = operationComment(ir, operation, overload, path.join("."), "method", "  ");
    const head = methodHead(name, overload.arguments, overload.data, signature.errors, "  ");
    return `${comment}${head}${single ? " {" : ";"}\n`;
  });
  const implementation = single
    ? ""
    : `${methodHead(name, signature.arguments, "unknown", signature.errors, "  ")} {\n`;
  return `${heads.join("")}${implementation}    ${requestCall(operation, signature, client, operationConstant(id))}
  }
`;
}

/** The members that lead from one resource to another below it. */
function pathTo(ir: IR, from: Resource, to: Resource): string[] | undefined {
  if (from === to) return [];
  const names = memberNames(ir, from);
  for (const child of from.resources) {
    const rest = pathTo(ir, child, to);
    if (rest !== undefined) return [names.get(child.name) ?? "", ...rest];
  }
  return undefined;
}
