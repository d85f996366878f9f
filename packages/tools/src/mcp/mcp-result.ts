import { ToolError } from "../errors.ts";
import { isObject, type JsonObject } from "../json.ts";
import { type ContentPart, type ToolContent, toolContent } from "../tool/tool-content.ts";

/** How many characters of an error the model is told. */
const errorLength = 4_000;

/** What cannot be read as text, in a few words. */
function describe(...words: unknown[]): string {
  return `[${words.filter((word) => typeof word === "string" && word !== "").join(" ")}]`;
}

/** A part of a result, as text the model can read. */
function partText({ type, text, resource, uri, name, mimeType }: JsonObject): string {
  if (typeof text === "string") return text;
  if (isObject(resource))
    return typeof resource.text === "string" ? resource.text : describe(resource.uri, resource.mimeType);
  return describe(type, uri ?? mimeType, uri === undefined ? undefined : name);
}

/** What a model that can see and hear is shown of a part; `undefined` of one it can only be told of. */
function toAttachment(part: JsonObject): ContentPart | undefined {
  const { type, resource } = part;
  const held = isObject(resource) ? resource : part;
  const data = isObject(resource)
    ? resource.blob
    : type === "image" || type === "audio"
      ? part.data
      : undefined;
  const mediaType = typeof held.mimeType === "string" ? held.mimeType.toLowerCase() : "";
  if (typeof data !== "string") return undefined;
  const url = `data:${mediaType};base64,${data}`;
  if (mediaType.startsWith("image/")) return { type: "image_url", image_url: { url } };
  const format = /^audio\/(?:(?:x-|vnd\.)?(wav)e?|(mp3)|mpeg)$/.exec(mediaType);
  if (format === null) return undefined;
  return { type: "input_audio", input_audio: { data, format: format[1] === undefined ? "mp3" : "wav" } };
}

/**
 * What the model is told of the result of a call: its parts as text, or what it has instead of them, and with `attach`
 * its images and sounds.
 *
 * @throws {ToolError} when the result is an error of the tool
 */
export function readResult(result: JsonObject, attach: boolean): string | ToolContent {
  const { content, structuredContent, toolResult, isError } = result;
  const parts = Array.isArray(content) ? (content as unknown[]).filter(isObject) : [];
  const attachments = parts.map((part) => (attach && isError !== true ? toAttachment(part) : undefined));
  const told = parts.filter((_, at) => attachments[at] === undefined).map(partText);
  const value = structuredContent ?? toolResult;
  const text = told.length === 0 && value !== undefined ? JSON.stringify(value) : told.join("\n");
  if (isError === true) throw new ToolError(text === "" ? "The tool failed" : text.slice(0, errorLength));
  const shown = attachments.filter((part) => part !== undefined);
  if (shown.length === 0) return text;
  return toolContent([...(text === "" ? [] : [{ type: "text" as const, text }]), ...shown]);
}
