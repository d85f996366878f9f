/** How wide a line can be. */
const room = 100;

/**
 * Prints JSON as a TypeScript literal: keys unquoted where they can be, on one line where it fits.
 *
 * @param before how many columns of the first line something else takes
 */
export function literal(value: unknown, indent = "", before = 0): string {
  const line = flat(value);
  if (line.length + indent.length + before <= room) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => `${inner}${literal(item, inner, 1)},\n`).join("")}${indent}]`;
  }
  if (typeof value === "object" && value !== null && !(value instanceof Code)) {
    const members = Object.entries(value).map(([key, item]) => {
      const name = `${propertyName(key)}: `;
      return `${inner}${name}${literal(item, inner, name.length + 1)},\n`;
    });
    return members.length === 0 ? "{}" : `{\n${members.join("")}${indent}}`;
  }
  return line;
}

function flat(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (Array.isArray(value)) return `[${value.map(flat).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, item]) => `${propertyName(key)}: ${flat(item)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return quoted(value);
}

/** A string is printed so that no line end of any kind and nothing from the document can leave it. */
function quoted(value: unknown): string {
  return (JSON.stringify(value) ?? "undefined")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** A member name as it stands in an object literal or a type. */
export function propertyName(name: string): string {
  // `{ "__proto__": x }` would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** Text that is printed as it is: the name of a value instead of the value. */
export class Code {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
