/** `Application/JSON; charset=utf-8` → `application/json`. */
export function essenceOf(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

/** True for `application/json` and every type that ends in `+json` (RFC 6839, section 3.1). */
export function isJson(mediaType: string): boolean {
  const essence = essenceOf(mediaType);
  return essence === "application/json" || essence.endsWith("+json");
}

/** True for media types that hold one item after the other (OpenAPI 3.2, Sequential Media Types). */
export function isSequential(mediaType: string): boolean {
  const essence = essenceOf(mediaType);
  return sequential.has(essence) || isJsonSequence(mediaType) || isSequentialMultipart(mediaType);
}

/** True for `application/json-seq` (RFC 7464) and every type that ends in `+json-seq` (RFC 8091). */
export function isJsonSequence(mediaType: string): boolean {
  return /[/+]json-seq$/.test(essenceOf(mediaType));
}

/** True for multipart types whose parts have no names: all but forms (RFC 2046, section 5.1; RFC 7578). */
export function isSequentialMultipart(mediaType: string): boolean {
  const essence = essenceOf(mediaType);
  return essence.startsWith("multipart/") && essence !== "multipart/form-data";
}

const sequential = new Set([
  "text/event-stream",
  "application/jsonl",
  "application/x-ndjson",
  "application/x-jsonlines",
  "application/ndjson",
]);
