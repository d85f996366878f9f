import { HawserError } from "@hawser/streaming";

/** The longest name of a tool in a chat request. */
const longest = 64;

/** A short text that is the same for the same name, everywhere and always: FNV-1a, 32 bits. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, "0");
}

/**
 * Names for the tools of a server in chat requests, which take letters, digits, underscores and hyphens, at most 64. A
 * name that is too long, and names that differ in other characters alone, end with a digest of the whole: they are the
 * same whatever the order and whichever other tools there are, so that a paused run finds its tools again.
 *
 * @throws {HawserError} when two tools have the same name
 */
export function toToolNames(names: readonly string[], prefix: string): string[] {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new HawserError(`Two tools of the MCP server have the name ${twice}`);
  const plain = names.map((name) => `${prefix}${name}`.replace(/[^\w-]/g, "_"));
  return plain.map((name, at) => {
    const isOwn = name === `${prefix}${names[at]}`;
    const clashes = !isOwn && plain.indexOf(name) !== plain.lastIndexOf(name);
    if (name !== "" && name.length <= longest && !clashes) return name;
    const end = `_${digest(`${prefix}${names[at]}`)}`;
    return `${name.slice(0, longest - end.length)}${end}`;
  });
}
