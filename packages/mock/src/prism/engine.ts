import { createLogger } from "@stoplight/prism-core";
import { createInstance, getHttpOperationsFromSpec, type IHttpConfig } from "@stoplight/prism-http";
import type { MockOperation } from "../document/operation.ts";
import type { JsonObject } from "../json.ts";
import { missingCredentials } from "./credentials.ts";
import { documentOfOperation } from "./document-of-operation.ts";
import { documentForAnswers, documentForChecks } from "./prism-documents.ts";
import { readableParameters } from "./readable-parameters.ts";
import { withinReach } from "./within-reach.ts";

/** Something Prism found wrong with a request. */
export interface Finding {
  /** Where: `["body", "messages", "0"]`, `["query", "limit"]`. */
  readonly path: readonly string[];
  /** The status it stands for, or the keyword of JSON Schema that isn't met. */
  readonly code: number | string;
  readonly message: string;
}

/** A request, read. */
interface PrismRequest {
  /** Path without the base path of the server. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Which answer of an operation is wanted. */
interface PrismChoice {
  readonly status: number;
  readonly mediaType?: string;
  readonly example?: string;
  /** Generates the body from the schema instead of taking an example. */
  readonly dynamic?: boolean;
  /** Makes generated bodies repeatable. */
  readonly seed?: string;
}

/** An answer as Prism gives it. */
interface PrismAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Prism, with the operations of one document. */
export interface Engine {
  /** What is wrong with a request; empty when it is valid. */
  validate(operation: MockOperation, request: PrismRequest, checks: Checks): Promise<readonly Finding[]>;
  /** The chosen answer. Throws when Prism can't make it, for example from a schema that has no end. */
  answer(operation: MockOperation, choice: PrismChoice): Promise<PrismAnswer>;
}

/** What is checked of a request. */
export interface Checks {
  readonly request: boolean;
  readonly security: boolean;
}

/** The media type under which Prism gets multipart bodies, as JSON: it can't read repeated or binary parts itself. */
export const formMediaType = "application/vnd.hawser.form+json";

type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

const config: IHttpConfig = {
  isProxy: false,
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

/**
 * Starts Prism in this process. An operation is read when it is first asked for: Prism puts every reference in its place
 * before it reads, which takes long where schemas refer to one another.
 *
 * @param document a document in one piece that Prism can read (`turnDown`)
 */
export function createEngine(document: JsonObject): Engine {
  const logger = createLogger("prism", { level: "silent" });
  const toCheck = readerOf(documentForChecks(document));
  const toAnswer = readerOf(documentForAnswers(document));
  const answers = createInstance(config, { logger });
  const checks = createInstance(config, {
    logger,
    // What is answered is chosen once the request is known to be valid, so here only the findings count.
    mock: () => () => ({ _tag: "Right", right: { statusCode: 204 } }),
  });
  return {
    async validate(operation, { path, query, headers, body }, { request, security }) {
      const target = readableParameters(await toCheck(operation), headers);
      const input = { method: target.method as "get", url: { path, query }, headers, body };
      const result = await checks.request(input, [target], {
        ...config,
        validateRequest: request,
        checkSecurity: security,
      })();
      if (result._tag === "Left") throw result.left;
      return result.right.validations.input.map((found) => ({
        path: (found.path ?? []).map(String),
        code: found.code ?? "",
        message: found.code === 401 ? missingCredentials(target.security ?? []) : found.message,
      }));
    },
    async answer(operation, { status, mediaType, example, dynamic = false, seed }) {
      const target = await toAnswer(operation);
      const input = { method: target.method as "get", url: { path: target.path } };
      const mock = {
        code: status,
        dynamic,
        ...(mediaType !== undefined && { mediaTypes: [mediaType] }),
        ...(example !== undefined && { exampleKey: example }),
        ...(seed !== undefined && { seed }),
      };
      const result = await answers.request(input, [target], { ...config, mock })();
      if (result._tag === "Left") throw result.left;
      const { statusCode, headers = {}, body } = result.right.output;
      return { status: statusCode, headers: textHeaders(headers), body };
    },
  };
}

type Reader = (operation: MockOperation) => Promise<PrismOperation>;

function readerOf(document: JsonObject): Reader {
  const read = new Map<string, Promise<PrismOperation>>();
  return (operation) => {
    const key = `${operation.method} ${operation.path}`;
    const known = read.get(key) ?? readOperation(document, operation);
    read.set(key, known);
    return known;
  };
}

async function readOperation(document: JsonObject, { method, path }: MockOperation): Promise<PrismOperation> {
  const operations = await getHttpOperationsFromSpec(
    withinReach(documentOfOperation(document, path, method)),
  );
  const operation = operations.find((one) => one.path === path && one.method === method.toLowerCase());
  if (operation === undefined) throw new Error(`Prism does not know ${method} ${path}.`);
  for (const content of operation.request?.body?.contents ?? []) {
    if (content.mediaType === "multipart/form-data") content.mediaType = formMediaType;
  }
  return withoutFragment(operation);
}

/** Some documents tell two operations of one path apart by a fragment, which never travels. */
function withoutFragment(operation: PrismOperation): PrismOperation {
  return { ...operation, path: operation.path.replace(/#.*$/, "") };
}

function textHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
