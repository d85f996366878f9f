import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DocumentError, type Problem } from "../document-error.ts";
import { isObject, type JsonObject, walkObjects } from "../json.ts";
import { isRemote } from "./remote-reader.ts";

const textFile = /\.(txt|sse|srt|vtt|jsonl|ndjson|csv|md|xml|html)$/i;
const jsonFile = /\.json$/i;

/** Where an absolute `externalValue` is kept while the document is put together, out of sight of the bundler. */
const absoluteKey = "x-hawser-external-value";

/** Members that hold data, in which an `externalValue` is a word like any other. */
const dataMembers = new Set(["value", "dataValue", "example", "default", "enum", "const"]);

/**
 * Turns the `externalValue`s of one file, which are relative to it, into absolute `file:` URLs. A file others refer to
 * can hold Example Objects in any place.
 */
export function absoluteExternalValues(file: unknown, source: string): void {
  if (Array.isArray(file)) for (const item of file) absoluteExternalValues(item, source);
  if (!isObject(file)) return;
  delete file[absoluteKey];
  if (typeof file.externalValue === "string") {
    const base = isRemote(source) ? source : pathToFileURL(source).href;
    const url = URL.canParse(file.externalValue, base) ? new URL(file.externalValue, base) : undefined;
    // A file from the web has nothing to say about files of this machine.
    if (url !== undefined && !(url.protocol === "file:" && isRemote(source))) {
      file[absoluteKey] = url.href;
      delete file.externalValue;
    }
  }
  for (const [key, member] of Object.entries(file)) {
    if (!dataMembers.has(key)) absoluteExternalValues(member, source);
  }
}

/**
 * Puts what `externalValue` leads to into the document as `value`: parsed for JSON files, as text for text files.
 * Anything else keeps its URL, since JSON has no bytes.
 *
 * @throws {DocumentError} naming each file that can't be read or parsed
 */
export async function inlineExternalValues(document: JsonObject, source: string): Promise<void> {
  const problems: Problem[] = [];
  for (const example of examplesIn(document)) {
    const url = String(example[absoluteKey]);
    delete example[absoluteKey];
    example.externalValue = url;
    if (!url.startsWith("file:") || !(textFile.test(url) || jsonFile.test(url))) continue;
    try {
      const text = await readFile(fileURLToPath(url), "utf8");
      example.value = jsonFile.test(url) ? (JSON.parse(text) as unknown) : text;
      delete example.externalValue;
    } catch (error) {
      const reason = error instanceof SyntaxError ? `is not JSON: ${error.message}` : "can't be read";
      problems.push({ source, pointer: "", message: `the example file ${fileURLToPath(url)} ${reason}.` });
    }
  }
  if (problems.length > 0) throw new DocumentError(problems);
}

function examplesIn(document: JsonObject): Set<JsonObject> {
  const found = new Set<JsonObject>();
  walkObjects(document, (object) => {
    if (typeof object[absoluteKey] === "string") found.add(object);
  });
  return found;
}
