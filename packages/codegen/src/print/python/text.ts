import type { Json } from "../../json.ts";

/** A text as a Python literal: what JSON escapes is what Python escapes (Python 3.13, Lexical analysis, 2.4.1). */
export function stringLiteral(text: string): string {
  return JSON.stringify(text);
}

/** A value that can stand in `Literal[…]` (PEP 586), or `undefined` for numbers with a fraction, lists and objects. */
export function literalOf(value: Json): string | undefined {
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : undefined;
}

/** A comment of one line. */
export function comment(text: string): string {
  return `# ${oneLine(text)}`.trimEnd();
}

/** Text without line ends and other characters that control something. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}

/** A documentation string, indented; nothing in it ends it. */
export function docstring(text: string, indent: string): string[] {
  const lines = text
    .trim()
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll(/[^\P{Cc}\n]+/gu, " ")
    .replaceAll("\\", "\\\\")
    .replaceAll(/"{2,}|"$/g, (quotes) => '\\"'.repeat(quotes.length))
    .split("\n")
    .map((line) => line.trimEnd());
  const [first = "", ...rest] = lines;
  if (rest.length === 0) return [`${indent}"""${first}"""`];
  return [`${indent}"""${first}`, ...rest.map((line) => (line === "" ? "" : indent + line)), `${indent}"""`];
}
