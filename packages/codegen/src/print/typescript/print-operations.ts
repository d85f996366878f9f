import type { ClientDescription, IR, Operation, SecurityScheme } from "../../ir/ir.ts";
import { defaultURL } from "../../ir/servers.ts";
import { banner } from "./banner.ts";
import { docComment } from "./doc-comment.ts";
import { importsFor } from "./imports.ts";
import { Code, literal, propertyName } from "./literal.ts";
import { operationComment } from "./operation-comment.ts";
import { inOrder, operationData } from "./operation-data.ts";
import {
  bodyWriters,
  operationConstant,
  type RuntimeNames,
  runtimeFunctions,
  runtimeNames,
} from "./operation-names.ts";
import { framingValues, streamClassNames } from "./overloads.ts";
import { methodHead, requestCall } from "./print-call.ts";
import { printHelper } from "./print-helper.ts";
import { hasOwnOptions, serverOptions, serversOfService } from "./server-data.ts";
import { signatureOf } from "./signature.ts";
import { typeOf } from "./type-of.ts";

/** Where generated files import from. */
export interface Modules {
  readonly runtime: string;
  readonly schema: string;
  readonly operations: string;
  readonly client: string;
}

/** Prints `operations.ts`: the service, and for each operation what the runtime needs to know and a function. */
export function printOperations(ir: IR, modules: Modules): string {
  const names = runtimeNames(ir);
  const body = [
    printService(ir),
    ...inOrder(ir.operations).map((operation) => printOperation(ir, operation, names)),
    ...ir.helpers.map((helper) => printHelper(ir, helper, names)),
  ].join("\n");
  const functions = runtimeFunctions.map((name) =>
    names[name] === name ? name : `${name} as ${names[name]}`,
  );
  const values = [
    ...streamClassNames,
    ...Object.values(framingValues),
    ...Object.values(bodyWriters),
    "BinaryResponse",
    "clientCredentials",
    "openEnvelope",
    "locateServers",
    "createClient as createServiceClient",
    ...functions,
  ];
  return `${banner(ir)}\n${importsFor(ir, body, { ...modules, values })}\n${body}`;
}

function printService(ir: IR): string {
  const service = literal({
    name: ir.client.name,
    version: ir.info.version,
    ...serversOfService(ir),
    security: Object.fromEntries(
      Object.entries(ir.security.schemes).map(([name, scheme]) => [name, schemeData(scheme)]),
    ),
    ...(Object.keys(ir.client.environment).length > 0 && { environment: ir.client.environment }),
    ...(Object.keys(ir.client.options).length > 0 && { options: optionsData(ir.client) }),
  });
  const { apiKey } = ir.client.environment;
  const [server] = ir.servers;
  return `${docComment([`What is the same for every operation of ${ir.client.name}: servers, security, environment variables.`])}export const service = ${service} as const satisfies Service;
${printOptions(ir)}
${docComment([
  `Opens a client for the functions of this module.`,
  `The API key is the option \`apiKey\`${apiKey === undefined ? "" : ` or the environment variable \`${apiKey}\``}; the base URL is the option \`baseURL\`${server === undefined ? "" : ` or \`${defaultURL(server)}\``}.`,
  "@throws {InvalidRequestError} when an option is wrong",
])}export function createClient(options: ${optionsType(ir)} = {}): Client {
  return createServiceClient(service, options);
}
`;
}

/** A scheme that tokens can be asked for names the function that asks, so that no other client carries it. */
function schemeData(scheme: SecurityScheme): Record<string, unknown> {
  const asks = scheme.type === "oauth2" && scheme.tokenUrl !== undefined;
  return { ...scheme, ...(asks && { grant: new Code("clientCredentials") }) };
}

function optionsData({ options }: ClientDescription): Record<string, { variable?: string }> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { variable }]) => [name, variable === undefined ? {} : { variable }]),
  );
}

/** The name of the options' type: one of its own when the client has options, or servers, of its own. */
function optionsType(ir: IR): string {
  return hasOwnOptions(ir) ? `${ir.client.name}Options` : "ClientOptions";
}

function printOptions(ir: IR): string {
  if (!hasOwnOptions(ir)) return "";
  const { client } = ir;
  const members = Object.entries(client.options).map(([name, { description, variable }]) => {
    const fallback =
      variable === undefined ? undefined : `Default: the environment variable \`${variable}\`.`;
    return `${docComment([description, fallback], "  ")}  ${propertyName(name)}?: string | undefined;\n`;
  });
  return `
${docComment([`Options of \`${client.name}\`.`])}export interface ${optionsType(ir)} extends ClientOptions {
${[...members, ...serverOptions(ir)].join("")}}
`;
}

function printOperation(ir: IR, operation: Operation, names: RuntimeNames): string {
  const signature = signatureOf(ir, operation);
  const constant = operationConstant(operation.id);
  const description = literal(operationData(ir, operation));
  const errors = operation.errors.map(
    ({ status, schema, description: reason }) =>
      `${docComment([reason], "  ")}  ${statusName(status)}: ${typeOf(schema)};\n`,
  );
  const heads = signature.overloads.map((overload) => {
    const comment = operationComment(ir, operation, overload, operation.id, "function");
    const head = methodHead(
      `export function ${operation.id}`,
      [clientArgument, ...overload.arguments],
      overload.returns,
    );
    return signature.overloads.length > 1 ? `${comment}${head};\n` : `${comment}${head} {\n`;
  });
  const implementation =
    signature.overloads.length > 1
      ? `${methodHead(`export function ${operation.id}`, [clientArgument, ...signature.arguments], signature.returns)} {\n`
      : "";
  return `${docComment([`How \`${operation.method} ${operation.path}\` is sent and answered.`])}export const ${constant} = ${description} as const satisfies Operation;

${docComment([`What unsuccessful answers of \`${operation.id}\` hold, by status.`])}export interface ${signature.errors} {
${errors.join("")}}

${heads.join("")}${implementation}${requestCall(operation, signature, "client", names.listPages, "  ")}
}
`;
}

const clientArgument = { name: "client", type: "Client", optional: false };

function statusName(status: string): string {
  return /^\d+$/.test(status) || status === "default" ? status : JSON.stringify(status);
}
