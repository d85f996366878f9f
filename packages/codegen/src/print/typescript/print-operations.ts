import type { IR, Operation } from "../../ir/ir.ts";
import { banner } from "./banner.ts";
import { docComment } from "./doc-comment.ts";
import { importsFor } from "./imports.ts";
import { Code, literal } from "./literal.ts";
import { operationComment } from "./operation-comment.ts";
import { operationConstant } from "./operation-names.ts";
import { streamClass } from "./overloads.ts";
import { methodHead, requestCall } from "./print-call.ts";
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
  const body = [printService(ir), ...ir.operations.map((operation) => printOperation(ir, operation))].join(
    "\n",
  );
  const values = ["ChatCompletionStream", "createClient as createServiceClient", "EventStream"];
  return `${banner(ir)}\n${importsFor(ir, body, { ...modules, values })}\n${body}`;
}

function printService(ir: IR): string {
  const service = literal({
    name: ir.client.name,
    version: ir.info.version,
    servers: ir.servers,
    security: ir.security.schemes,
    ...(Object.keys(ir.client.environment).length > 0 && { environment: ir.client.environment }),
  });
  const { apiKey } = ir.client.environment;
  const [server] = ir.servers;
  return `${docComment([`What is the same for every operation of ${ir.client.name}: servers, security, environment variables.`])}export const service = ${service} as const satisfies Service;

${docComment([
  `Opens a client for the functions of this module.`,
  `The API key is the option \`apiKey\`${apiKey === undefined ? "" : ` or the environment variable \`${apiKey}\``}; the base URL is the option \`baseURL\`${server === undefined ? "" : ` or \`${server.url}\``}.`,
  "@throws {InvalidRequestError} when an option is wrong",
])}export function createClient(options: ClientOptions = {}): Client {
  return createServiceClient(service, options);
}
`;
}

function printOperation(ir: IR, operation: Operation): string {
  const signature = signatureOf(ir, operation);
  const constant = operationConstant(operation.id);
  const description = literal(descriptionOf(ir, operation));
  const errors = operation.errors.map(
    ({ status, schema, description: reason }) =>
      `${docComment([reason], "  ")}  ${statusName(status)}: ${typeOf(schema)};\n`,
  );
  const heads = signature.overloads.map((overload) => {
    const comment = operationComment(ir, operation, overload, operation.id, "function");
    const head = methodHead(
      `export function ${operation.id}`,
      [clientArgument, ...overload.arguments],
      overload.data,
      signature.errors,
    );
    return signature.overloads.length > 1 ? `${comment}${head};\n` : `${comment}${head} {\n`;
  });
  const implementation =
    signature.overloads.length > 1
      ? `${methodHead(`export function ${operation.id}`, [clientArgument, ...signature.arguments], "unknown", signature.errors)} {\n`
      : "";
  return `${docComment([`How \`${operation.method} ${operation.path}\` is sent and answered.`])}export const ${constant} = ${description} as const satisfies Operation;

${docComment([`What unsuccessful answers of \`${operation.id}\` hold, by status.`])}export interface ${signature.errors} {
${errors.join("")}}

${heads.join("")}${implementation}  ${requestCall(operation, signature, "client", constant)}
}
`;
}

const clientArgument = { name: "client", type: "Client", optional: false };

function statusName(status: string): string {
  return /^\d+$/.test(status) || status === "default" ? status : JSON.stringify(status);
}

/** The data the runtime works from: only what differs from its defaults. */
function descriptionOf(ir: IR, operation: Operation): Record<string, unknown> {
  const { id, method, path, retry, parameters, body, outcomes, stream, timeouts } = operation;
  const schemes = Object.keys(ir.security.schemes);
  const first = schemes[0];
  const [alternative, ...others] = operation.security;
  const usual = others.length === 0 && alternative !== undefined && Object.keys(alternative).join() === first;
  return {
    id,
    method,
    path,
    retry,
    ...(!usual && { security: operation.security }),
    ...(parameters.length > 0 && { parameters: parameters.map(parameterOf) }),
    ...(body && {
      body: {
        encoding: body.encoding,
        mediaType: body.mediaType,
        required: body.required,
        ...(Object.keys(body.parts).length > 0 && { parts: body.parts }),
      },
    }),
    outcomes: outcomes.map(({ schema: _schema, ...outcome }) => outcome),
    ...(stream && {
      stream: {
        mode: stream.mode,
        ...(stream.flag !== undefined && { flag: stream.flag }),
        framing: stream.framing,
        item: stream.item === "payload" ? "payload" : "envelope",
        ...(stream.sentinel !== undefined && { sentinel: stream.sentinel }),
        type: new Code(streamClass(stream)),
      },
    }),
    ...(timeouts && { timeouts }),
  };
}

function parameterOf(parameter: Operation["parameters"][number]): Record<string, unknown> {
  const { name, in: place, required, style, explode, allowReserved, content } = parameter;
  const usualStyle = place === "path" || place === "header" ? "simple" : "form";
  return {
    name,
    in: place,
    ...(required && { required }),
    ...(style !== usualStyle && { style }),
    ...(explode !== (style === "form" || style === "cookie") && { explode }),
    ...(allowReserved && { allowReserved }),
    ...(content !== undefined && { content }),
  };
}
