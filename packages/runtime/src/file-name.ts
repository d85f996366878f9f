/** The last segment of a path or of a URL's path, decoded. Undefined when there is none. */
export function lastSegment(path: string): string | undefined {
  const segment = path
    .replace(/[?#].*$/s, "")
    .split(/[\\/]/)
    .at(-1);
  if (!segment) return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * The file name of a Content-Disposition header: `filename*` before `filename`, and never a path.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6266#section-4.3
 */
export function readFileName(disposition: string | null): string | undefined {
  if (disposition === null) return undefined;
  const extended = /;\s*filename\*\s*=\s*"?([\w-]+)'[^']*'([^;"]+)/i.exec(disposition);
  if (extended !== null) {
    const name = decodeExtended(extended[1]!, extended[2]!.trim());
    if (name !== undefined) return safeName(name);
  }
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]?.replace(/\\(.)/g, "$1");
  const name = quoted ?? /;\s*filename\s*=\s*([^;"\s]+)/i.exec(disposition)?.[1];
  return name === undefined ? undefined : safeName(name);
}

/** `UTF-8''na%C3%AFve.txt` (RFC 8187). Other charsets than UTF-8 and Latin-1 are not in use. */
function decodeExtended(charset: string, value: string): string | undefined {
  try {
    if (/^utf-8$/i.test(charset)) return decodeURIComponent(value);
  } catch {
    return undefined;
  }
  return value.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** A server must not choose the folder a file is written to. */
function safeName(name: string): string | undefined {
  const last = name.split(/[\\/]/).at(-1)!;
  return last === "" || last === "." || last === ".." ? undefined : last;
}
