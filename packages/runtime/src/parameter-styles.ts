import { InvalidRequestError } from "./errors.ts";
import type { Parameter, ParameterStyle } from "./operation.ts";
import { bracketed, type ParameterValue, readParameterValue, type Subject } from "./parameter-value.ts";

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
 * Percent-encodes what a URL can't hold and what would end the value, and leaves the other reserved characters. In a
 * query what is encoded already stays as it is (RFC 6570, 3.2.3); in a path it could lead elsewhere.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#fixed-fields-for-use-with-schema
 */
function encodeReservedFor(subject: Subject, inQuery: boolean): Encode {
  const encode = encodeFor(subject);
  return (text) =>
    text.replace(/%[\dA-Fa-f]{2}|[^:/?@!$'()*,;A-Za-z0-9\-._~]/gu, (found) =>
      inQuery && found.length === 3 ? found : encode(found),
    );
}

/** What stands between items and members that are written apart; `label` and `matrix` begin with it too. */
const separators = { simple: ",", label: ".", matrix: ";", form: "&", cookie: "; " } as const;

/**
 * A value in a style, with its name where the style has it.
 *
 * @param delimiter - stands between items and members that aren't written apart.
 */
function join(
  name: string,
  value: ParameterValue,
  style: keyof typeof separators,
  explode: boolean,
  encode: Encode,
  delimiter = ",",
): string {
  const separator = separators[style];
  const isPlain = style === "simple" || style === "label";
  const named = (text: string) => (isPlain ? text : `${name}=${text}`);
  const start = style === "label" || style === "matrix" ? separator : "";
  if (value.kind === "text") return start + named(encode(value.text));
  const parts =
    value.kind === "list"
      ? value.items.map(encode)
      : value.members.map((member) => member.map(encode).join(explode ? "=" : delimiter));
  if (!explode) return start + named(parts.join(delimiter));
  return start + (value.kind === "list" ? parts.map(named) : parts).join(separator);
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

function encoderOf({ allowReserved }: StyleSettings, subject: Subject, inQuery: boolean): Encode {
  return allowReserved === true ? encodeReservedFor(subject, inQuery) : encodeFor(subject);
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
  const encode = encoderOf(settings, subject, true);
  const encodedName = encodeFor(subject)(name);
  const value = readValue(given, settings, subject, style === "deepObject");
  if (value.kind === "list" && value.items.length === 0) return "";
  if (style === "deepObject" && value.kind === "object") {
    return value.members
      .map(([key, text]) => `${encodeFor(subject)(name + bracketed(key))}=${encode(text)}`)
      .join("&");
  }
  // The delimiters of RFC 3986 leave no bare `|`, and objects are listed member by member.
  if (style.endsWith("Delimited") && !explode)
    return join(encodedName, value, "form", false, encode, style === "pipeDelimited" ? "%7C" : "%20");
  return join(encodedName, value, "form", explode || style === "deepObject", encode);
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
  return join(name, value, style, settings.explode ?? false, encoderOf(settings, subject, false));
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
 * can't be told apart by servers. The style `cookie` is for documents that want it nevertheless: exploded, each item and
 * each member is a cookie of its own.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#style-examples
 * @throws InvalidRequestError when the value can't be written.
 */
export function serializeCookieParameter(
  name: string,
  given: unknown,
  settings: StyleSettings,
  subject: Subject,
): string {
  const value = readValue(given, settings, subject);
  if (settings.style !== "cookie") return join(name, value, "form", false, encodeFor(subject));
  return join(name, value, "cookie", settings.explode ?? true, (text) => {
    if (!text.includes(";")) return text;
    throw new InvalidRequestError(`${subject} holds a ";", which would end the cookie.`);
  });
}
