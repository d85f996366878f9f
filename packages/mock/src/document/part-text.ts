import { asObject, type JsonObject } from "../json.ts";
import { isJson } from "../media-type.ts";

/** The parameter of a media type. */
const boundaryParameter = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))/i;

/**
 * The text of a multipart answer whose example is a list of items: JSON, and text for items that are strings, numbers or
 * booleans (OpenAPI 3.2, Encoding Object, `contentType`), unless `prefixEncoding` or `itemEncoding` names another type (OpenAPI 3.2, Encoding By Position). A type that is no JSON takes
 * strings as they are; parts that are no text need a transcript.
 */
export function partText(items: readonly unknown[], media: JsonObject, mediaType: string): string {
  const prefix = Array.isArray(media.prefixEncoding) ? media.prefixEncoding : [];
  const parts = items.map((item, place) => {
    const { contentType } = asObject(prefix[place] ?? media.itemEncoding);
    const [first = ""] = typeof contentType === "string" ? contentType.split(",") : [];
    const isText = typeof item !== "object" && !isJson(first);
    const named = first.trim() === "" || first.includes("*") ? undefined : first.trim();
    const type = named ?? (isText ? "text/plain; charset=utf-8" : "application/json");
    return `Content-Type: ${type}\r\n\r\n${isText ? item : JSON.stringify(item)}\r\n`;
  });
  const boundary = declaredBoundary(mediaType) ?? unlike(parts.join(""));
  return `${parts.map((part) => `--${boundary}\r\n${part}`).join("")}--${boundary}--\r\n`;
}

/** A boundary that doesn't occur in the text. */
function unlike(text: string): string {
  let boundary = "part";
  while (text.includes(boundary)) boundary += "-part";
  return boundary;
}

function declaredBoundary(mediaType: string): string | undefined {
  const [, quoted, token] = boundaryParameter.exec(mediaType) ?? [];
  return quoted ?? token;
}

/** The media type of a multipart answer with its boundary: the first line of the body that begins with two dashes. */
export function withBoundary(mediaType: string, body: Uint8Array): string {
  if (declaredBoundary(mediaType) !== undefined) return mediaType;
  const line = /^--(.*?)[ \t]*$/m.exec(new TextDecoder("latin1").decode(body).replaceAll("\r", ""))?.[1];
  return line === undefined ? mediaType : `${mediaType}; boundary="${line}"`;
}
