import { resolve as resolvePath } from "node:path";
import { fileURLToPath } from "node:url";
import {
  BaseResolver,
  bundle,
  createConfig,
  type Document,
  type NormalizedProblem,
  ResolveError,
  type Source,
  YamlParseError,
} from "@redocly/openapi-core";
import type { OpenAPIDocument } from "../document.ts";
import { DocumentError, type Problem } from "../document-error.ts";
import { isObject } from "../json.ts";
import { absoluteExternalValues, inlineExternalValues } from "./external-values.ts";
import { parseProblem, referenceCycles, referenceProblem } from "./reference-problems.ts";

/** A document in one piece, and what it was read from. */
export interface LoadedDocument {
  readonly document: OpenAPIDocument;
  /** Path or URL of the root file. */
  readonly source: string;
  /** All files the document was read from, the root first. */
  readonly files: readonly string[];
}

/**
 * Reads an OpenAPI document (3.0, 3.1 or 3.2; YAML or JSON) with every file it refers to, and puts it in one piece:
 * schemas of other files become components under their own names, and text or JSON examples given by `externalValue`
 * (Example Object, OpenAPI 3.2) are read in. A binary one stays an absolute `file:` URL.
 *
 * @param source a path or a `file:` URL
 * @throws {DocumentError} when a file is missing, doesn't parse, isn't OpenAPI 3, or a `$ref` leads nowhere
 */
export async function loadDocument(source: string | URL): Promise<LoadedDocument> {
  const path = String(source).startsWith("file:") ? fileURLToPath(source) : String(source);
  const root = /^https?:/.test(path) ? path : resolvePath(path);
  const config = await createConfig({});
  const resolver = new Resolver(config.resolve);
  const read = await resolver.resolveDocument(null, root, true).catch((error: Error) => error);
  if (read instanceof Error) throw new DocumentError([unreadable(root, read)]);
  if (!isOpenAPI(read.parsed)) {
    throw new DocumentError([
      {
        source: root,
        pointer: "",
        message:
          'this is not an OpenAPI 3.0, 3.1 or 3.2 document: it should begin with a line such as "openapi: 3.2.0".',
      },
    ]);
  }
  const result = await bundle({ doc: read, config, externalRefResolver: resolver }).catch(
    (error: unknown) => {
      throw new DocumentError(resolver.cycles.length > 0 ? resolver.cycles : [unreadable(root, error)]);
    },
  );
  const problems = resolver.cycles.concat(await problemsOf(result.problems, resolver, root));
  if (problems.length > 0) throw new DocumentError(problems);

  const document = result.bundle.parsed as OpenAPIDocument;
  await inlineExternalValues(document, root);
  return {
    document: JSON.parse(JSON.stringify(document)) as OpenAPIDocument,
    source: root,
    files: [root, ...[...result.fileDependencies].filter((file) => file !== root).sort()],
  };
}

function isOpenAPI(document: unknown): document is OpenAPIDocument {
  return isObject(document) && typeof document.openapi === "string" && /^3\.[0-2]\./.test(document.openapi);
}

/** Looks at each file as it was read: the bundler rewrites references, and forgets which file an example stood in. */
class Resolver extends BaseResolver {
  /** Files by path, as they were before the bundler changed them. */
  readonly originals = new Map<string, unknown>();
  readonly cycles: Problem[] = [];

  override parseDocument(source: Source, isRoot = false): Document {
    const document = super.parseDocument(source, isRoot);
    absoluteExternalValues(document.parsed, source.absoluteRef);
    this.originals.set(source.absoluteRef, structuredClone(document.parsed));
    this.cycles.push(...referenceCycles(document.parsed, source.absoluteRef));
    return document;
  }
}

async function problemsOf(
  found: readonly NormalizedProblem[],
  resolver: Resolver,
  root: string,
): Promise<Problem[]> {
  const problems = found
    .filter((problem) => problem.severity === "error")
    .flatMap(({ message, location: [place] }) => {
      const source = place?.source.absoluteRef ?? root;
      const file = resolver.originals.get(source);
      return referenceProblem({ message, source, pointer: place?.pointer ?? "", file }) ?? [];
    });
  // One file that doesn't parse is reported for every reference into it.
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function unreadable(root: string, error: unknown): Problem {
  if (error instanceof YamlParseError) {
    return { source: root, pointer: "", message: parseProblem(error.originalError.message) };
  }
  if (error instanceof ResolveError) {
    const missing = (error.originalError as NodeJS.ErrnoException).code === "ENOENT";
    return {
      source: root,
      pointer: "",
      message: missing ? "there is no such file." : `this can't be read: ${error.originalError.message}.`,
    };
  }
  return { source: root, pointer: "", message: error instanceof Error ? error.message : String(error) };
}
