/**
 * The value a JSON pointer points to.
 *
 * @param pointer - `""` for the whole value, else `/member/0/…`; `~1` stands for `/` and `~0` for `~`.
 * @returns undefined when there is nothing. Only members of the value itself count, nothing it inherits.
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function readPointer(value: unknown, pointer: string): unknown {
  let current = value;
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, name)) return undefined;
    // `length` is a list's own member, but none of JSON's.
    if (Array.isArray(current) && !/^(0|[1-9]\d*)$/.test(name)) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[name];
  }
  return current;
}
