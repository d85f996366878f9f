/** One parameter of a media type: its name, and its value as a quoted string or as a token (RFC 9110, section 5.6.6). */
const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g;

/** Whether a text can be a boundary: printable ASCII that does not end with a space. Longer ones than 70 occur. */
export function canBeBoundary(text: string): boolean {
  return /^[\x20-\x7e]*[\x21-\x7e]$/.test(text);
}

/**
 * The boundary a multipart Content-Type names (RFC 2046, section 5.1.1), without the white space at its end, which gateways
 * add; `undefined` for any other Content-Type, for none, and for what can't be a boundary.
 */
export function boundaryOf(contentType: string | null): string | undefined {
  if (contentType === null || !/^\s*multipart\//i.test(contentType)) return undefined;
  for (const [, name = "", quoted, token] of contentType.matchAll(parameter)) {
    if (name.toLowerCase() !== "boundary") continue;
    const value = (quoted?.replace(/\\(.)/g, "$1") ?? token ?? "").trimEnd();
    return canBeBoundary(value) ? value : undefined;
  }
  return undefined;
}
