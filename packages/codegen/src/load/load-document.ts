import { resolve as resolvePath } from "node:path";
import { fileURLToPath } from "node:url";
import {
  bundle,
  createConfig,
  type Document,
  type NormalizedProblem,
  ResolveError,
  YamlParseError,
} from "@redocly/openapi-core";
import type { OpenAPIDocument } from "../document.ts";
import { DocumentError, type Problem } from "../document-error.ts";
import { isObject } from "../json.ts";
import { inlineExternalValues } from "./external-values.ts";
import { parseProblem, referenceProblem } from "./reference-problems.ts";
import { isRemote, type RemoteLimits, RemoteReader } from "./remote-reader.ts";
import { Resolver } from "./resolver.ts";
import { isSelfContained } from "./self-contained.ts";

/** A document in one piece, and what it was read from. */
export interface LoadedDocument {
  readonly document: OpenAPIDocument;
  /** Path or URL of the root file. */
  readonly source: string;
  /** All files the document was read from, the root first. */
  readonly files: readonly string[];
}

/** What may be read for a document. */
export interface LoadOptions {
  /**
   * URLs that references of the document may lead to, each with everything below it: `["https://example.com/schemas/"]`.
   * A document given by URL may always refer to its own origin. Default: none else.
   */
  readonly remoteReferences?: readonly string[];
  /** What bounds the reading of files from the web. */
  readonly remoteLimits?: RemoteLimits;
}

/**
 * Reads an OpenAPI document (3.0, 3.1 or 3.2; YAML or JSON) with every file it refers to, and puts it in one piece:
 * schemas of other files become components under their own names, and text or JSON examples given by `externalValue`
 * (Example Object, OpenAPI 3.2) are read in. One that is binary, or on the web, stays an absolute URL.
 *
 * @param source a path, a `file:` URL, or an `http:` or `https:` URL
 * @throws {DocumentError} when a file is missing, doesn't parse, isn't OpenAPI 3, may not be read, or a `$ref` leads
 * nowhere
 */
export async function loadDocument(source: string | URL, options: LoadOptions = {}): Promise<LoadedDocument> {
  return bundleDocument(await openFile(source, options));
}

/** A root file that was read and parsed, and the means to read what it refers to. */
export interface OpenFile {
  /** Path or URL as it was asked for, absolute. */
  readonly source: string;
  readonly parsed: unknown;
  readonly read: Document;
  readonly resolver: Resolver;
}

/**
 * Reads and parses one file, whatever it holds.
 *
 * @param asked what somebody asked for, when that is not this file but one that led to it: its origin is allowed
 * @throws {DocumentError} when it can't be read or parsed
 */
export async function openFile(
  given: string | URL,
  options: LoadOptions,
  asked: string | URL = given,
): Promise<OpenFile> {
  const source = absoluteSource(given);
  const own = isRemote(String(asked)) ? [new URL("/", asked).href] : [];
  const remote = new RemoteReader([...own, ...(options.remoteReferences ?? [])], options.remoteLimits);
  const resolver = new Resolver(remote);
  const read = await resolver.resolveDocument(null, source, true).catch((error: Error) => error);
  if (read instanceof Error) throw new DocumentError([unreadable(source, read)]);
  return { source, parsed: read.parsed, read, resolver };
}

/** A source as it is named everywhere: an absolute path, or a URL. */
export function absoluteSource(given: string | URL, from = process.cwd()): string {
  const source = String(given);
  if (isRemote(source)) return new URL(source).href;
  return resolvePath(from, source.startsWith("file:") ? fileURLToPath(source) : source);
}

/**
 * Puts an opened document in one piece with what it refers to.
 *
 * @throws {DocumentError} as `loadDocument` does
 */
export async function bundleDocument({ source, parsed, read, resolver }: OpenFile): Promise<LoadedDocument> {
  const message = notOpenAPI(parsed);
  if (message !== undefined) throw new DocumentError([{ source, pointer: "", message }]);
  const root = read.source.absoluteRef;
  if (resolver.cycles.length === 0 && isSelfContained(parsed)) {
    const document = resolver.isJson(root) ? parsed : withoutAliases(parsed);
    await inlineExternalValues(document as OpenAPIDocument, source);
    return { document: document as OpenAPIDocument, source, files: [source] };
  }
  const config = await createConfig({});
  const result = await bundle({ doc: read, config, externalRefResolver: resolver }).catch(
    (error: unknown) => {
      throw new DocumentError(resolver.cycles.length > 0 ? resolver.cycles : [unreadable(source, error)]);
    },
  );
  const problems = resolver.cycles.concat(problemsOf(result.problems, resolver, source));
  if (problems.length > 0) throw new DocumentError(problems);

  const document = result.bundle.parsed as OpenAPIDocument;
  await inlineExternalValues(document, source);
  return {
    document: withoutAliases(document) as OpenAPIDocument,
    source,
    files: [source, ...[...result.fileDependencies].filter((file) => file !== root).sort()],
  };
}

/** A copy in which every place has an object of its own, and holds what JSON can. */
function withoutAliases(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document));
}

/** Why something is no document this package reads; `undefined` when it is one. */
function notOpenAPI(parsed: unknown): string | undefined {
  const { openapi, swagger } = isObject(parsed) ? parsed : {};
  if (typeof openapi === "string" && /^3\.[0-2]\./.test(openapi)) return undefined;
  if (swagger !== undefined) {
    return `this is a Swagger ${String(swagger)} document, of which there is no client to be made: convert it to OpenAPI 3 first, with a converter such as swagger2openapi.`;
  }
  if (openapi !== undefined) {
    return `this says "openapi: ${String(openapi)}", and 3.0, 3.1 and 3.2 are read: it should begin with a line such as "openapi: 3.2.0".`;
  }
  return 'this is not an OpenAPI 3.0, 3.1 or 3.2 document: it should begin with a line such as "openapi: 3.2.0".';
}

function problemsOf(found: readonly NormalizedProblem[], resolver: Resolver, root: string): Problem[] {
  const problems = found
    .filter((problem) => problem.severity === "error")
    .flatMap(({ message, location: [place] }) => {
      const source = place?.source.absoluteRef ?? root;
      const file = resolver.originalOf(source);
      return referenceProblem({ message, source, pointer: place?.pointer ?? "", file }) ?? [];
    });
  // One file that doesn't parse is reported for every reference into it.
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function unreadable(source: string, error: unknown): Problem {
  if (error instanceof YamlParseError) {
    return { source, pointer: "", message: parseProblem(error.originalError.message) };
  }
  if (error instanceof ResolveError) {
    const missing = (error.originalError as NodeJS.ErrnoException).code === "ENOENT";
    return {
      source,
      pointer: "",
      message: missing ? "there is no such file." : `this can't be read: ${error.originalError.message}.`,
    };
  }
  return { source, pointer: "", message: error instanceof Error ? error.message : String(error) };
}
