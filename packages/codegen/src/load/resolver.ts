import { fileURLToPath } from "node:url";
import {
  BaseResolver,
  type Document,
  ResolveError,
  Source,
  type YamlParseError,
} from "@redocly/openapi-core";
import type { Problem } from "../document-error.ts";
import { isObject } from "../json.ts";
import { absoluteExternalValues } from "./external-values.ts";
import { nestingProblem } from "./nesting.ts";
import { referenceCycles } from "./reference-problems.ts";
import { isRemote, type RemoteReader } from "./remote-reader.ts";

/** Looks at each file as it was read: the bundler rewrites references, and forgets which file an example stood in. */
export class Resolver extends BaseResolver {
  readonly cycles: Problem[] = [];
  readonly #sources = new Map<string, Source>();
  readonly #json = new Set<string>();
  readonly #remote: RemoteReader;

  constructor(remote: RemoteReader) {
    super();
    this.#remote = remote;
  }

  override resolveExternalRef(base: string | null, reference: string): string {
    if (reference.startsWith("file:") && !isRemote(base ?? "")) return fileURLToPath(reference);
    return super.resolveExternalRef(base, reference);
  }

  override async resolveDocument<Parsed = unknown>(
    base: string | null,
    reference: string,
    isRoot?: boolean,
  ): Promise<Document<Parsed> | ResolveError | YamlParseError> {
    if (base !== null && isRemote(base) && reference.startsWith("file:"))
      throw new ResolveError(new Error("a file from the web may not refer to files of this machine"));
    return super.resolveDocument<Parsed>(base, reference, isRoot);
  }

  override async loadExternalRef(absolute: string): Promise<Source> {
    if (!isRemote(absolute)) {
      if (absolute.startsWith("data:"))
        throw new ResolveError(new Error("a data: URL is no file; describe what it holds in the document"));
      return super.loadExternalRef(absolute);
    }
    try {
      const { url, text, mediaType } = await this.#remote.read(absolute);
      return new Source(url, text, mediaType);
    } catch (error) {
      throw new ResolveError(error as Error);
    }
  }

  override parseDocument(source: Source, isRoot = false): Document {
    const json = parseJson(source);
    if (json !== undefined) this.#json.add(source.absoluteRef);
    const document = json ?? super.parseDocument(source, isRoot);
    const problem = nestingProblem(document.parsed, json === undefined);
    if (problem !== undefined) throw new ResolveError(new Error(problem));
    // What an overlay says belongs to the document it is laid over.
    if (isObject(document.parsed) && document.parsed.overlay !== undefined) return document;
    absoluteExternalValues(document.parsed, source.absoluteRef);
    this.#sources.set(source.absoluteRef, source);
    this.cycles.push(...referenceCycles(document.parsed, source.absoluteRef));
    return document;
  }

  /** What a file held before the bundler changed it; `undefined` for one that was not read, or doesn't parse. */
  originalOf(path: string): unknown {
    const source = this.#sources.get(path);
    return source && (parseJson(source) ?? super.parseDocument(source)).parsed;
  }

  /** Whether a file was read as JSON, so that no two places of it hold the same object. */
  isJson(path: string): boolean {
    return this.#json.has(path);
  }
}

/** JSON is YAML, but a parser that knows only JSON is far faster, which large documents notice. */
function parseJson(source: Source): Document | undefined {
  if (!/^\s*\{/.test(source.body.slice(0, 100))) return undefined;
  try {
    return { source, parsed: JSON.parse(source.body) as unknown };
  } catch {
    // YAML may begin with a brace, and for JSON with a mistake the YAML parser names line and column.
    return undefined;
  }
}
