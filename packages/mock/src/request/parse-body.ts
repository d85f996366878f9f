import type { FormPart, MockOperation } from "../document/operation.ts";
import { essenceOf, isJson } from "../media-type.ts";
import { formMediaType } from "../prism/engine.ts";

/** A body, read. */
export interface ParsedBody {
  /** JSON, an object of a form's fields, or text; `undefined` when there is no body. */
  readonly value: unknown;
  /** The media type the value is validated as. */
  readonly contentType: string | undefined;
}

/** A body that isn't what its content type says; the message says what is wrong. */
export class BodyError extends Error {
  override readonly name = "BodyError";
}

/**
 * Reads a body by its content type: JSON, multipart forms the operation describes (files become their names, fields
 * the types of their schemas, repeated fields arrays), anything else as text.
 *
 * @throws {BodyError} when it can't be read
 */
export async function parseBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  operation: MockOperation,
): Promise<ParsedBody> {
  if (bytes.byteLength === 0) return { value: undefined, contentType };
  if (contentType !== undefined && isJson(contentType)) return { value: parseJson(bytes), contentType };
  if (contentType !== undefined && essenceOf(contentType) === "multipart/form-data" && operation.formParts) {
    const form = await parseForm(bytes, contentType);
    return { value: await readForm(form, operation.formParts), contentType: formMediaType };
  }
  return { value: new TextDecoder().decode(bytes), contentType };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    throw new BodyError(`The request body is not valid JSON: ${reason}.`);
  }
}

async function parseForm(bytes: Uint8Array, contentType: string): Promise<FormData> {
  const body = new Response(new Uint8Array(bytes), { headers: { "content-type": contentType } });
  return await body.formData().catch(() => {
    throw new BodyError(
      "The request body is not valid multipart/form-data, or does not have the boundary its header names.",
    );
  });
}

async function readForm(
  form: FormData,
  parts: Readonly<Record<string, FormPart>>,
): Promise<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const sent of new Set(form.keys())) {
    // Arrays are sent as repeated `name` or, a custom of many servers, as repeated `name[]`.
    const name = sent in parts ? sent : sent.replace(/\[\]$/, "");
    const part = parts[name] ?? { type: "string" };
    const values = form.getAll(sent);
    if (part.type === "array") {
      read[name] = await Promise.all(values.map((value) => readField(value, part.items ?? "string")));
    } else {
      const [first] = values;
      if (first !== undefined) read[name] = await readField(first, part.type);
    }
  }
  return read;
}

async function readField(value: string | File, type: FormPart["type"]): Promise<unknown> {
  if (typeof value !== "string") return type === "string" ? value.name : asJson(await value.text());
  if (type === "number") return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
  if (type === "boolean") return value === "true" || value === "false" ? value === "true" : value;
  return type === "string" ? value : asJson(value);
}

/** The JSON a text holds, or the text, so that validation can say what it should have been. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
