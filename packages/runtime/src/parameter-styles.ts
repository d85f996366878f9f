import { serializeArrayParam, serializeObjectParam, serializePrimitiveParam } from "openapi-fetch";
import { InvalidRequestError } from "./errors.ts";
import type { Parameter, ParameterStyle } from "./operation.ts";
import { type ParameterValue, readParameterValue, type Subject } from "./parameter-value.ts";

type Encode = (text: string) => string;

/**
 * Percent-encodes all but the unreserved characters.
 *
 * @throws InvalidRequestError when the text holds half of a surrogate pair, which has no encoding.
 */
function encodeFor(subject: Subject): Encode {
  return (text) => {
    try {
      return encodeURIComponent(text);
    } catch (cause) {
      throw new InvalidRequestError(`${subject} holds half of a character (a lone surrogate).`, { cause });
    }
  };
}

/**
 * Percent-encodes what a URL can't hold and what would end the value, and leaves the other reserved characters.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#fixed-fields-for-use-with-schema
 */
function encodeReservedFor(subject: Subject): Encode {
  const encode = encodeFor(subject);
  return (text) => text.replace(/[^:/?@!$'()*,;A-Za-z0-9\-._~]/gu, encode);
}

/** Everything is encoded here, names included, so that openapi-fetch only joins: it leaves names and keys as they are. */
const alreadyEncoded = { allowReserved: true } as const;

/** The styles whose joining openapi-fetch gets right. */
type JoinStyle = "simple" | "label" | "matrix" | "form" | "spaceDelimited";

function join(
  name: string,
  value: ParameterValue,
  style: JoinStyle,
  explode: boolean,
  encode: Encode,
): string {
  if (value.kind === "list") {
    return serializeArrayParam(name, value.items.map(encode), { style, explode, ...alreadyEncoded });
  }
  if (value.kind === "object") {
    const members = Object.fromEntries(value.members.map(([key, text]) => [encode(key), encode(text)]));
    return serializeObjectParam(name, members, { style: style as "form", explode, ...alreadyEncoded });
  }
  const text = encode(value.text);
  if (style === "form" || style === "spaceDelimited")
    return serializePrimitiveParam(name, text, alreadyEncoded);
  if (style === "matrix") return `;${serializePrimitiveParam(name, text, alreadyEncoded)}`;
  return style === "label" ? `.${text}` : text;
}

/** `name=a%20b`, `name=a%7Cb`: the delimiters of RFC 3986 leave no bare `|`, and objects are listed member by member. */
function joinDelimited(name: string, value: ParameterValue, delimiter: string, encode: Encode): string {
  const items =
    value.kind === "list" ? value.items : value.kind === "object" ? value.members.flat() : [value.text];
  return `${name}=${items.map(encode).join(delimiter)}`;
}

function isJSON(mediaType: string): boolean {
  return /[/+]json\b/i.test(mediaType);
}

/** What decides how a value is written; a subset of `Parameter`. */
export type StyleSettings = Pick<Parameter, "style" | "explode" | "allowReserved" | "content">;

/** The value; JSON text when the parameter is described by a media type of JSON instead of a style. */
function readValue(
  given: unknown,
  settings: StyleSettings,
  subject: Subject,
  nested = false,
): ParameterValue {
  const isText = settings.content !== undefined && isJSON(settings.content);
  return readParameterValue(isText ? JSON.stringify(given) : given, subject, nested);
}

function encoderOf({ allowReserved }: StyleSettings, subject: Subject): Encode {
  return allowReserved === true ? encodeReservedFor(subject) : encodeFor(subject);
}

/**
 * Writes one query parameter, or one field of an urlencoded body.
 *
 * @returns `name=value` pairs joined by `&`; empty for an empty list.
 * @throws InvalidRequestError when the value can't be written.
 */
export function serializeQueryParameter(
  name: string,
  given: unknown,
  settings: StyleSettings,
  subject: Subject,
): string {
  const style: ParameterStyle = settings.style ?? "form";
  const explode = settings.explode ?? style === "form";
  const encode = encoderOf(settings, subject);
  const encodedName = encodeFor(subject)(name);
  const value = readValue(given, settings, subject, style === "deepObject");
  if (value.kind === "list" && value.items.length === 0) return "";
  if (style === "deepObject" && value.kind === "object") {
    return value.members
      .map(([key, text]) => `${encodeFor(subject)(bracket(name, key))}=${encode(text)}`)
      .join("&");
  }
  if (style === "pipeDelimited" && !explode) return joinDelimited(encodedName, value, "%7C", encode);
  if (style === "spaceDelimited" && !explode) return joinDelimited(encodedName, value, "%20", encode);
  return join(encodedName, value, "form", explode || style === "deepObject", encode);
}

/** `filter` and `price[lt]` make `filter[price][lt]`. */
function bracket(name: string, key: string): string {
  return `${name}${key.replace(/^[^[]+/, (first) => `[${first}]`)}`;
}

/**
 * Writes one path parameter.
 *
 * @throws InvalidRequestError when the value can't be written.
 */
export function serializePathParameter(
  name: string,
  given: unknown,
  settings: StyleSettings,
  subject: Subject,
): string {
  const style = settings.style === "label" || settings.style === "matrix" ? settings.style : "simple";
  const value = readValue(given, settings, subject);
  return join(name, value, style, settings.explode ?? false, encoderOf(settings, subject));
}

/**
 * Writes the value of one header parameter (style `simple`), as it is: header values are not percent-encoded.
 *
 * @throws InvalidRequestError when the value can't be written.
 */
export function serializeHeaderParameter(given: unknown, settings: StyleSettings, subject: Subject): string {
  return join("", readValue(given, settings, subject), "simple", settings.explode ?? false, (text) => text);
}

/**
 * Writes one cookie parameter as `name=value`; lists and objects are listed with commas, since a repeated cookie name
 * can't be told apart by servers.
 *
 * @throws InvalidRequestError when the value can't be written.
 */
export function serializeCookieParameter(
  name: string,
  given: unknown,
  settings: StyleSettings,
  subject: Subject,
): string {
  const encode: Encode = settings.style === "cookie" ? (text) => text : encodeFor(subject);
  return join(name, readValue(given, settings, subject), "form", false, encode);
}
