import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isNode, LineCounter, parseDocument } from "yaml";
import { DocumentError } from "../document-error.ts";
import { isObject, type JsonObject, unescapePointer } from "../json.ts";
import { absoluteSource, type LoadOptions, openFile } from "../load/load-document.ts";
import { isRemote } from "../load/remote-reader.ts";
import { stainlessConfig } from "./shapes.ts";

/** A Stainless configuration that was read and holds what it can. */
export interface StainlessFile {
  /** The path or URL it was read from. */
  readonly source: string;
  readonly config: JsonObject;
  /** The line a JSON Pointer into it leads to, from 1; `undefined` for what stands nowhere. */
  readonly lineOf: (pointer: string) => number | undefined;
}

const names = ["stainless.yml", "stainless.yaml", ".stainless/stainless.yml", ".stainless/stainless.yaml"];

/**
 * The Stainless configuration that lies beside a document: `stainless.yml`, `stainless.yaml`, or one of them in a folder
 * `.stainless`; the first there is. A document on the web has none.
 */
export async function stainlessBeside(document: string): Promise<string | undefined> {
  if (isRemote(document)) return undefined;
  const folder = dirname(absoluteSource(document));
  for (const name of names) {
    const file = join(folder, name);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}

/**
 * Reads a Stainless configuration (`stainless.yml`) and checks what is read of it.
 *
 * @param given a path or a URL
 * @throws {DocumentError} when it can't be read or parsed, or naming each place that doesn't hold what it can
 * @see https://www.stainless.com/docs/reference/config
 */
export async function loadStainless(given: string, options: LoadOptions = {}): Promise<StainlessFile> {
  const { source, parsed, read } = await openFile(given, options);
  if (!isObject(parsed) || typeof parsed.openapi === "string") {
    const message =
      'this is no Stainless configuration: it is an object with "resources", and perhaps "pagination", "streaming", "client_settings".';
    throw new DocumentError([{ source, pointer: "", message }]);
  }
  const lineOf = linesOf(read.source.body);
  const problems: { source: string; pointer: string; message: string }[] = [];
  stainlessConfig.check(parsed, "#", (pointer, message) => {
    problems.push({ source, pointer, message: withLine(message, lineOf(pointer)) });
  });
  if (problems.length > 0) throw new DocumentError(problems);
  return { source, config: parsed, lineOf };
}

/** A sentence that begins with the line it is about. */
export function withLine(message: string, line: number | undefined): string {
  return line === undefined ? message : `line ${line}: ${message}`;
}

/** Lines are looked for only when something is wrong: it takes parsing the text once more. */
function linesOf(text: string): (pointer: string) => number | undefined {
  let find: ((pointer: string) => number | undefined) | undefined;
  return (pointer) => {
    if (find === undefined) {
      const lines = new LineCounter();
      const tree = parseDocument(text, { lineCounter: lines, logLevel: "silent" });
      find = (place) => {
        const node = tree.getIn(
          place
            .split("/")
            .slice(1)
            .map((part) => unescapePointer(part.replaceAll("%", "%25"))),
          true,
        );
        return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
      };
    }
    return find(pointer);
  };
}
