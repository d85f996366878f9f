import { applyOverlay, loadDocument, loadOverlay, normalise, type OpenAPIDocument } from "@hawser/codegen";
import { asObject, dereference, type JsonObject } from "../json.ts";
import { essenceOf, isSequential } from "../media-type.ts";
import { examplesOf } from "./examples.ts";
import { formPartsOf } from "./form-parts.ts";
import type { Content, DeclaredResponse, MockOperation } from "./operation.ts";

/** A document, read for answering. */
export interface MockDocument {
  /** What the document is called in problems. */
  readonly source: string;
  readonly document: OpenAPIDocument;
  readonly operations: readonly MockOperation[];
  /** Paths of the servers' URLs, the first server's first, without a slash at the end: `/v1`, or empty. */
  readonly basePaths: readonly string[];
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/**
 * Reads a document and its overlays.
 *
 * @param given a path, a `file:` URL, or a document in one piece, as `loadDocument` of `@hawser/codegen` gives it
 * @param overlays paths of OpenAPI Overlay documents, applied in order
 * @throws {DocumentError} when a file can't be read, doesn't parse, or says what can't be represented
 */
export async function readDocument(
  given: string | URL | OpenAPIDocument,
  overlays: readonly string[] = [],
): Promise<MockDocument> {
  const isPath = typeof given === "string" || given instanceof URL;
  const loaded = isPath ? await loadDocument(given) : { document: given, source: "document" };
  let document = loaded.document;
  for (const overlay of overlays) document = applyOverlay(document, await loadOverlay(overlay));
  // Answers come from the document as it is; normalising tells ids and streams, in one form for every dialect.
  const normalised = normalise(document, loaded.source).document;
  const operations: MockOperation[] = [];
  for (const [path, item] of Object.entries(asObject(document.paths))) {
    const pathItem = dereference(document, item);
    const normalisedItem = dereference(normalised, asObject(normalised.paths)[path]);
    for (const method of methods) {
      if (pathItem[method] === undefined) continue;
      const operation = asObject(pathItem[method]);
      const reserved = reservedIn(document, pathItem.parameters, operation.parameters);
      const { servers } = asObject(normalisedItem[method]);
      operations.push({
        ...readOperation(document, path, method, operation, asObject(normalisedItem[method])),
        ...(servers !== undefined && { basePaths: basePathsOf(servers) }),
        ...(reserved.length > 0 && { reserved }),
      });
    }
  }
  return { source: loaded.source, document, operations, basePaths: basePathsOf(normalised.servers) };
}

/** Names of the path parameters with `allowReserved`; what an operation says goes before what its path says. */
function reservedIn(document: JsonObject, ofPath: unknown, ofOperation: unknown): string[] {
  const all = [ofPath, ofOperation].flatMap((list) => (Array.isArray(list) ? list : []));
  const parameters = all.map((parameter) => dereference(document, parameter));
  const last = new Map(parameters.filter((each) => each.in === "path").map((each) => [each.name, each]));
  return [...last.values()].filter((each) => each.allowReserved === true).map((each) => String(each.name));
}

function readOperation(
  document: JsonObject,
  path: string,
  method: string,
  operation: JsonObject,
  normalised: JsonObject,
): MockOperation {
  const body = dereference(document, operation.requestBody);
  const bodies = Object.entries(asObject(body.content)).map(
    ([type, media]) => [type, dereference(document, media)] as const,
  );
  const form = bodies.find(([type]) => essenceOf(type) === "multipart/form-data")?.[1];
  const stream = asObject(normalised["x-hawser-stream"]) as Partial<NonNullable<MockOperation["stream"]>>;
  return {
    id: String(normalised.operationId),
    method: method.toUpperCase(),
    path,
    ...(typeof operation.summary === "string" && { summary: operation.summary }),
    ...(stream.mediaType !== undefined && {
      stream: {
        mediaType: stream.mediaType,
        mode: stream.mode ?? "always",
        ...(stream.flag !== undefined && { flag: stream.flag }),
        ...(stream.in !== undefined && { in: stream.in }),
      },
    }),
    responses: Object.entries(asObject(operation.responses)).map(([status, response]) =>
      readResponse(document, status, dereference(document, response)),
    ),
    requestExamples: new Map(
      bodies.flatMap(([type, media]) =>
        examplesOf(document, media, type).map(({ name, value }) => [name, value] as const),
      ),
    ),
    ...(form !== undefined && { formParts: formPartsOf(document, form.schema) }),
  };
}

function readResponse(document: JsonObject, status: string, response: JsonObject): DeclaredResponse {
  return {
    status: status.toUpperCase() === "DEFAULT" ? "default" : status.toUpperCase(),
    contents: Object.entries(asObject(response.content)).map(([mediaType, entry]): Content => {
      const media = dereference(document, entry);
      const when = asObject(media["x-hawser-when"]);
      return {
        mediaType,
        ...(typeof when.property === "string" &&
          Array.isArray(when.values) && { when: { property: when.property, values: when.values } }),
        examples: examplesOf(document, media, mediaType).filter(
          ({ value }) => !isSequential(mediaType) || value === undefined || typeof value === "string",
        ),
      };
    }),
  };
}

/** Paths of servers' URLs, with the defaults of their variables. */
function basePathsOf(list: unknown): string[] {
  const servers = Array.isArray(list) ? list.map(asObject) : [];
  const paths = servers.map((server) => {
    const url = String(server.url).replace(/\{([^}]+)\}/g, (_, name: string) =>
      String(asObject(asObject(server.variables)[name]).default ?? ""),
    );
    return new URL(url, "http://localhost").pathname.replace(/\/+$/, "");
  });
  return paths.length > 0 ? [...new Set(paths)] : [""];
}
