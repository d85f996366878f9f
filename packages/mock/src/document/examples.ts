import { asObject, dereference, type JsonObject } from "../json.ts";
import { isJson, isSequential, isSequentialMultipart } from "../media-type.ts";
import { eventText } from "./event-text.ts";
import type { NamedExample } from "./operation.ts";
import { partText } from "./part-text.ts";

/**
 * The examples of a media type by name, in the document's order. Example Object and its forms: `value`, `dataValue`,
 * `serializedValue` and `externalValue` (OpenAPI 3.2, 4.19), or the media type's single `example`.
 */
export function examplesOf(document: JsonObject, media: JsonObject, mediaType: string): NamedExample[] {
  if (media.example !== undefined)
    return [{ name: "default", value: asSent(media.example, media, mediaType) }];
  return Object.entries(asObject(media.examples)).flatMap(([name, entry]): NamedExample[] => {
    const example = dereference(document, entry);
    const summary = typeof example.summary === "string" ? { summary: example.summary } : {};
    if (typeof example.externalValue === "string") {
      return [{ name, ...summary, file: new URL(example.externalValue) }];
    }
    if (typeof example.serializedValue === "string") {
      const text = example.serializedValue;
      return [{ name, ...summary, value: isJson(mediaType) ? (JSON.parse(text) as unknown) : text }];
    }
    const value = example.value ?? example.dataValue;
    return value === undefined ? [] : [{ name, ...summary, value: asSent(value, media, mediaType) }];
  });
}

function asSent(value: unknown, media: JsonObject, mediaType: string): unknown {
  if (!isSequential(mediaType) || !Array.isArray(value)) return value;
  return isSequentialMultipart(mediaType) ? partText(value, media, mediaType) : eventText(value, mediaType);
}
