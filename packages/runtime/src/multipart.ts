import { collectBlob, isUploadable } from "./binary-source.ts";
import { InvalidRequestError } from "./errors.ts";
import type { BodyPart } from "./operation.ts";
import { nameOf } from "./to-file.ts";

type Parts = Readonly<Record<string, BodyPart>>;

function isJSONType(mediaType: string | undefined): boolean {
  return mediaType !== undefined && /[/+]json\b/i.test(mediaType);
}

/** A wildcard or a list of types says what may come, not what a part is. */
function exactType(mediaType: string | undefined): string | undefined {
  return mediaType === undefined || /[*,]/.test(mediaType) ? undefined : mediaType;
}

/** A value that isn't bytes, as text. */
function textOf(value: unknown, subject: string): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return JSON.stringify(value);
  if (typeof value === "function" || typeof value === "symbol") {
    throw new InvalidRequestError(`${subject} is a ${typeof value}, which can't be sent.`);
  }
  return String(value);
}

async function appendValue(
  form: FormData,
  name: string,
  value: unknown,
  part: BodyPart,
  subject: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const type = exactType(part.contentType);
  if (isUploadable(value)) {
    const blob = await collectBlob(value, type, subject, signal);
    // Without a file name servers take the part for a text field.
    form.append(name, blob, nameOf(value) ?? name);
    return;
  }
  if (isJSONType(type)) {
    form.append(name, new Blob([JSON.stringify(value)], { type: type! }));
    return;
  }
  form.append(name, textOf(value, subject));
}

/**
 * A form from the members of a body.
 *
 * - Bytes in any form (Blob, File, ArrayBuffer, typed arrays, Buffer, streams, async iterables, answers of `fetch`)
 *   become files named after their source, else after the field. A form needs lengths, so streams are read to their end.
 * - A list becomes one part per item, all of the same name. `undefined` and `null` are left out.
 * - An object becomes JSON text; as a part with a media type of its own when the document gives one.
 * - Everything else becomes text.
 *
 * @param signal - stops the reading of streams.
 * @throws InvalidRequestError for functions, symbols and answers with an error status; what reading a stream throws.
 */
export async function createForm(
  members: Readonly<Record<string, unknown>>,
  parts: Parts,
  signal?: AbortSignal,
): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(members)) {
    const part = parts[name] ?? {};
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const item of items) {
      if (item === undefined || item === null) continue;
      await appendValue(form, name, item, part, `The body's member "${name}"`, signal);
    }
  }
  return form;
}
