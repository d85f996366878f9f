import stringWidth from "fast-string-width";
import { paint } from "./paint.ts";

/** A column of a table: its heading and what stands in it. */
export interface Column<Row> {
  readonly heading: string;
  readonly value: (row: Row) => string | number | null | undefined;
  /** Default: left. */
  readonly align?: "right";
}

/** How a table looks. */
export interface Looks {
  /** Default: false, for pipes and files. */
  readonly colours?: boolean | undefined;
}

/**
 * Lines of a table, columns apart by two spaces, `–` for what isn't there. Widths are those of a terminal, where a
 * Chinese character is two columns wide; what could move the cursor is left out.
 */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { colours = false }: Looks = {},
): string[] {
  const headings = columns.map(({ heading }) => heading);
  const cells = rows.map((row) => columns.map(({ value }) => plainText(value(row))));
  const widths = columns.map((_, index) =>
    Math.max(...[headings, ...cells].map((line) => stringWidth(line[index] ?? ""))),
  );
  const lines = [headings, ...cells].map((line) =>
    line
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align))
      .join("  ")
      .trimEnd(),
  );
  return lines.map((line, index) => (index === 0 ? paint(line, "bold", colours) : line));
}

/** Lines of one thing, a member each. */
export function detailLines(
  members: readonly (readonly [name: string, value: string | number | null | undefined])[],
  { colours = false }: Looks = {},
): string[] {
  const width = Math.max(...members.map(([name]) => name.length));
  return members.map(([name, value]) => `${paint(name.padEnd(width), "dim", colours)}  ${plainText(value)}`);
}

/** A value as text that stays on its line. */
export function plainText(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === "") return "–";
  return String(value).replaceAll(/\p{Cc}+/gu, " ");
}

/** Text of several lines without what could move the cursor or colour the terminal: names of documents stand in it. */
export function plainLines(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]+/gu, " ");
}

function pad(text: string, width: number, align: "right" | undefined): string {
  const space = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "right" ? space + text : text + space;
}
