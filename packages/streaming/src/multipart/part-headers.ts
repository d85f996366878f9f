import type { ReportQuirk } from "../quirk.ts";

/**
 * The header fields of a part, from its lines. A line that begins with white space goes on with the field before it
 * (RFC 822, section 3.1.1); one that is no field is passed over and reported (Q49).
 */
export function parsePartHeaders(lines: readonly string[], report: ReportQuirk): Headers {
  const headers = new Headers();
  for (const field of unfold(lines)) {
    const at = field.indexOf(":");
    try {
      // Without a colon the name is empty, which is refused too.
      headers.append(field.slice(0, Math.max(at, 0)).trimEnd(), field.slice(at + 1).trim());
    } catch {
      report("Q49", "", "A header line of a part is no header field, and passed over");
    }
  }
  return headers;
}

function unfold(lines: readonly string[]): string[] {
  const fields: string[][] = [];
  for (const line of lines) {
    const field = fields.at(-1);
    if (field !== undefined && /^[ \t]/.test(line)) field.push(line.trim());
    else fields.push([line]);
  }
  return fields.map((field) => field.join(" "));
}
