/** How a body of a media type is written or read. */
export type BodyEncoding = "json" | "multipart" | "urlencoded" | "binary" | "text";

/** How the items of a sequential media type are told apart. */
export type StreamFraming = "server-sent-events" | "json-lines" | "json-sequence" | "multipart-mixed";

/** `Application/JSON; charset=utf-8` → `application/json`. */
export function essenceOf(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

/**
 * The framing of a sequential media type (OpenAPI 3.2, Sequential Media Types), `undefined` for any other. Whether a
 * multipart type is one depends on more than its name: `streamFramingOf`.
 */
export function framingOf(mediaType: string): StreamFraming | undefined {
  const essence = essenceOf(mediaType);
  if (essence === "text/event-stream") return "server-sent-events";
  if (
    ["application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/ndjson"].includes(
      essence,
    )
  ) {
    return "json-lines";
  }
  // RFC 7464, and the suffix of RFC 8091.
  if (/[/+]json-seq$/.test(essence)) return "json-sequence";
  return undefined;
}

/** How a body of this media type is written or read. */
export function encodingOf(mediaType: string): BodyEncoding {
  const essence = essenceOf(mediaType);
  if (essence === "application/json" || essence.endsWith("+json") || essence === "*/*") return "json";
  if (essence.startsWith("multipart/")) return "multipart";
  if (essence === "application/x-www-form-urlencoded") return "urlencoded";
  if (
    essence.startsWith("text/") ||
    essence.endsWith("+xml") ||
    essence === "application/xml" ||
    essence === "application/x-subrip"
  ) {
    return "text";
  }
  return "binary";
}
