import { InvalidRequestError } from "./errors.ts";

/**
 * Sets a header. The value stays out of the error: it may be a key.
 *
 * @param source - where the header came from, for the message, e.g. `the option headers`.
 * @throws InvalidRequestError when name or value can't go into a header.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
export function setHeader(headers: Headers, name: string, value: string, source: string): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
    throw new InvalidRequestError(
      `${source} has ${JSON.stringify(name)}, which can't be the name of a header.`,
    );
  }
  const found = unsendable(value);
  if (found !== undefined) {
    throw new InvalidRequestError(
      `${source} has a value for "${name}" with ${found}, which can't go into a header.`,
    );
  }
  headers.set(name, value);
}

/** Says in words what makes a text unfit for a header, without quoting it. Undefined when it fits. */
export function unsendable(value: string): string | undefined {
  const position = value.search(/[^\t\x20-\x7e\x80-\xff]/);
  if (position === -1) return undefined;
  const character = value.codePointAt(position)!;
  if (character === 10 || character === 13) return `a line break at position ${position + 1}`;
  if (character < 0x20 || character === 0x7f) return `a control character at position ${position + 1}`;
  return `a character outside Latin-1 at position ${position + 1}`;
}
