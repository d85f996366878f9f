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
  return sequential.has(essenceOf(mediaType));
}

const sequential = new Set([
  "text/event-stream",
  "application/jsonl",
  "application/x-ndjson",
  "application/x-jsonlines",
  "application/ndjson",
]);
