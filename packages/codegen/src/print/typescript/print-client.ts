import type { Helper, IR, Operation, Resource } from "../../ir/ir.ts";
import { banner } from "./banner.ts";
import { classNames, memberNames } from "./class-names.ts";
import { docComment } from "./doc-comment.ts";
import { identifiersIn, importsFor } from "./imports.ts";
import { literal } from "./literal.ts";
import { operationComment } from "./operation-comment.ts";
import { helperConstant, operationConstant, runtimeFunctions } from "./operation-names.ts";
import { methodHead, requestCall } from "./print-call.ts";
import { printHelperMethod } from "./print-helper.ts";
import type { Modules } from "./print-operations.ts";
import { hasOwnOptions } from "./server-data.ts";
import { signatureOf } from "./signature.ts";

/** Prints `client.ts`: the client, a class per resource, a method per operation. */
export function printClient(ir: IR, modules: Modules): string {
  const classes = classNames(ir);
  const paths = pathsFrom(ir, ir.resources, []);
  const resources = paths
    .filter(({ resource }) => resource !== ir.resources)
    .map((place) => printResource(ir, place, classes));
  const body = [printRoot(ir, classes), ...resources].join("\n");
  const used = identifiersIn(body);
  const operations = ir.operations
    .flatMap((operation) => [operationConstant(operation.id), `type ${signatureOf(ir, operation).errors}`])
    .concat(ir.helpers.map(helperConstant))
    .concat("createClient", hasOwnOptions(ir) ? `type ${ir.client.name}Options` : [])
    .filter((name) => used.has(name.replace("type ", "")))
    .toSorted();
  const imported = `import {\n${operations.map((name) => `  ${name},\n`).join("")}} from ${literal(modules.operations)};\n`;
  const exported = hasOwnOptions(ir) ? `export type { ${ir.client.name}Options };\n\n` : "";
  const values = ["mergeOptions", ...runtimeFunctions];
  return `${banner(ir)}\n${importsFor(ir, body, { ...modules, values })}${imported}\n${exported}${body}`;
}

function printRoot(ir: IR, classes: ReadonlyMap<Resource, string>): string {
  const { name, environment } = ir.client;
  const options = `${name}Options`;
  const { fields, assignments, methods } = printMembers(
    ir,
    { resource: ir.resources, path: [] },
    classes,
    "this.transport",
  );
  const alias = hasOwnOptions(ir)
    ? ""
    : `${docComment([`Options of \`${name}\`.`])}export type ${options} = ClientOptions;\n\n`;
  return `${alias}${docComment([
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
    return new (this.constructor as typeof ${name})(mergeOptions(this.#options, options));
  }
${methods}}
`;
}

function printResource(ir: IR, place: Place, classes: ReadonlyMap<Resource, string>): string {
  const { resource, path } = place;
  const { fields, assignments, methods } = printMembers(ir, place, classes, "client");
  const client = methods === "" ? "" : "  readonly #client: Client;\n";
  const keep = methods === "" ? "" : "    this.#client = client;\n";
  return `${docComment([resource.description ?? `The resource \`${path.join(".")}\`.`])}export class ${classes.get(resource)} {
${client}${fields}
  constructor(client: Client) {
${keep}${assignments}  }
${methods}}
`;
}

/** @param client what the constructor gives to the resources below */
function printMembers(
  ir: IR,
  { resource, path }: Place,
  classes: ReadonlyMap<Resource, string>,
  client: string,
) {
  const names = memberNames(ir, resource);
  const own = client === "client" ? "this.#client" : client;
  const pathOf = (name: string) => [...path, names.get(name) ?? ""];
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
    methods: [
      ...resource.methods.map(({ name, operation }) => printMethod(ir, operation, pathOf(name), own)),
      ...resource.helpers.map(({ name, helper }) =>
        printHelperMethod(ir, helperNamed(ir, helper), pathOf(name), own),
      ),
    ]
      .map((method) => `\n${method}`)
      .join(""),
  };
}

function helperNamed(ir: IR, id: string): Helper {
  return ir.helpers.find((helper) => helper.id === id) as Helper;
}

function printMethod(ir: IR, id: string, path: readonly string[], client: string): string {
  const operation = ir.operations.find((candidate) => candidate.id === id) as Operation;
  const signature = signatureOf(ir, operation);
  const single = signature.overloads.length === 1;
  const name = path.at(-1) ?? "";
  const heads = signature.overloads.map((overload) => {
    const comment = operationComment(ir, operation, overload, path.join("."), "method", "  ");
    const head = methodHead(name, overload.arguments, overload.returns, "  ");
    return `${comment}${head}${single ? " {" : ";"}\n`;
  });
  const implementation = single
    ? ""
    : `${methodHead(name, signature.arguments, signature.returns, "  ")} {\n`;
  return `${heads.join("")}${implementation}${requestCall(operation, signature, client, "listPages", "    ")}
  }
`;
}

/** A resource, and the members of the client that lead to it. */
interface Place {
  readonly resource: Resource;
  readonly path: readonly string[];
}

/** A resource and all below it, in the order of their classes. */
function pathsFrom(ir: IR, resource: Resource, path: readonly string[]): Place[] {
  const names = memberNames(ir, resource);
  return [
    { resource, path },
    ...resource.resources.flatMap((child) => pathsFrom(ir, child, [...path, names.get(child.name) ?? ""])),
  ];
}
