import type { IR } from "../../ir/ir.ts";
import { banner } from "./banner.ts";
import { literal } from "./literal.ts";
import type { Modules } from "./print-operations.ts";

/** What users of a client catch, configure and hold in their hands, beside the client itself. */
const runtimeExports = {
  values: [
    "AbortError",
    "APIError",
    "APIPromise",
    "AuthenticationError",
    "BadRequestError",
    "BinaryResponse",
    "ChatCompletionStream",
    "ConflictError",
    "ConnectionError",
    "CostLimitError",
    "createValidation",
    "creationOf",
    "DryRunError",
    "EventStream",
    "HawserError",
    "InternalServerError",
    "InvalidRequestError",
    "InvalidResponseError",
    "MessageStream",
    "NotFoundError",
    "PagePromise",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "RateLimitError",
    "RedirectError",
    "ResponseStream",
    "StreamError",
    "TimeoutError",
    "toFile",
    "UnknownOutcomeError",
    "UnprocessableEntityError",
    "WaiterFailureError",
    "WaiterTimeoutError",
  ],
  types: [
    "ClientOptions",
    "CreateAndWaitOptions",
    "CreationOutcome",
    "DryRunRequest",
    "Middleware",
    "Page",
    "RateLimit",
    "RequestOptions",
    "Result",
    "StreamEnd",
    "Timeouts",
    "Uploadable",
    "UploadOptions",
    "Validation",
    "ValidationIssue",
    "WaitOptions",
    "WaitProgress",
  ],
} as const;

/** Everything `index.ts` takes from the runtime, which the client can't be called. */
export const indexNames: ReadonlySet<string> = new Set([...runtimeExports.values, ...runtimeExports.types]);

/** What an item of a stream can be that the document has no type for. */
function typesOfParts({ operations }: IR): string[] {
  return operations.some(({ stream }) => stream?.item === "part") ? ["MultipartPart"] : [];
}

/** Prints `index.ts`: the client, every type of the document, and what users need of the runtime. */
export function printIndex(ir: IR, modules: Modules): string {
  const free = (name: string) => !Object.hasOwn(ir.schemas, name);
  const names = [
    ...runtimeExports.values.filter(free),
    ...[...runtimeExports.types, ...typesOfParts(ir)].filter(free).map((name) => `type ${name}`),
  ];
  return `${banner(ir)}
export { ${ir.client.name}, type ${ir.client.name}Options } from ${literal(modules.client)};
export type * from ${literal(modules.schema)};
export {
${names.map((name) => `  ${name},\n`).join("")}} from ${literal(modules.runtime)};
`;
}
