import { asObject, isObject } from "../json.ts";
import { essenceOf, isJsonSequence } from "../media-type.ts";

/**
 * The text of a stream whose example is a list of items, as OpenAPI 3.2 writes examples of sequential media types:
 * server-sent events from objects `{ event, data, id, retry }` (or from bare payloads), else one JSON text a line, with a record separator before it in a sequence (RFC 7464, section 2.2).
 */
export function eventText(items: readonly unknown[], mediaType: string): string {
  if (essenceOf(mediaType) !== "text/event-stream") {
    const before = isJsonSequence(mediaType) ? "\u001e" : "";
    return items.map((item) => `${before}${JSON.stringify(item)}\n`).join("");
  }
  return items.map((item) => `${eventLines(item).join("\n")}\n\n`).join("");
}

function eventLines(item: unknown): string[] {
  const { event, data, id, retry } = isObject(item) && "data" in item ? item : asObject({ data: item });
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return [
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(retry === undefined ? [] : [`retry: ${retry}`]),
    ...text.split("\n").map((line) => `data: ${line}`),
  ];
}
