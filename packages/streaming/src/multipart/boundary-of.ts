/** One parameter of a media type: its name, and its value as a quoted string or as a token (RFC 9110, section 5.6.6). */
const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g;

/** The boundary a multipart Content-Type names (RFC 2046, section 5.1.1); `undefined` for any other and for none. */
export function boundaryOf(contentType: string | null): string | undefined {
  if (contentType === null || !/^\s*multipart\//i.test(contentType)) return undefined;
  for (const [, name = "", quoted, token] of contentType.matchAll(parameter)) {
    if (name.toLowerCase() !== "boundary") continue;
    const value = quoted?.replace(/\\(.)/g, "$1") ?? token;
    return value === "" ? undefined : value;
  }
  return undefined;
}
