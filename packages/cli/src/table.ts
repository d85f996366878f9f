import stringWidth from "fast-string-width";
import { paint } from "./paint.ts";

/** A column of a table: its heading and what stands in it. */
export interface Column<Row> {
  readonly heading: string;
  readonly value: (row: Row) => string | number | null | undefined;
  /** Default: left. */
  readonly align?: "right";
  /** How soon the column is left out where there is no room for it: the highest first. Default: never. */
  readonly spare?: number;
  /** Whether what stands in it may be cut short where there is no room for it. Default: false, as for what is copied. */
  readonly cuttable?: boolean;
}

/** How a table looks. */
export interface Looks {
  /** Default: false, for pipes and files. */
  readonly colours?: boolean | undefined;
  /** Columns of the terminal a table has to fit into, where its rows can be made to. Default: as many as it takes. */
  readonly width?: number | undefined;
}

/** What a column that is cut short keeps at the least, in columns of the terminal. */
const leastWidth = 12;

/**
 * Lines of a table, columns apart by two spaces, `–` for what isn't there. Widths are those of a terminal, where a
 * Chinese character is two columns wide; what could move the cursor is left out.
 */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { colours = false, width = Number.POSITIVE_INFINITY }: Looks = {},
): string[] {
  const natural = columns.map(({ heading, value, ...column }) => {
    const cells = [heading, ...rows.map((row) => plainText(value(row)))];
    return { ...column, cells, width: Math.max(...cells.map((cell) => stringWidth(cell))) };
  });
  const shown = fit(natural, width);
  const lines = [undefined, ...rows].map((_, row) =>
    shown
      .map((column) => pad(cut(column.cells[row] ?? "", column.width), column.width, column.align))
      .join("  ")
      .trimEnd(),
  );
  return lines.map((line, index) => (index === 0 ? paint(line, "bold", colours) : line));
}

/** A column with its cells, the heading first, and how wide it is. */
interface Filled extends Omit<Column<never>, "heading" | "value"> {
  readonly cells: readonly string[];
  readonly width: number;
}

/** Leaves columns out until the others fit, cut short where that is allowed. */
function fit(columns: readonly Filled[], width: number): readonly Filled[] {
  const taken = (list: readonly Filled[]) => list.reduce((sum, column) => sum + column.width + 2, -2);
  const over = taken(columns) - width;
  if (over <= 0) return columns;
  const givesUp = ({ cuttable, width: own }: Filled) =>
    cuttable === true ? Math.max(0, own - leastWidth) : 0;
  if (columns.reduce((sum, column) => sum + givesUp(column), 0) >= over) {
    let left = over;
    return columns.map((column) => {
      const less = Math.min(left, givesUp(column));
      left -= less;
      return { ...column, width: column.width - less };
    });
  }
  const last = Math.max(...columns.map(({ spare = 0 }) => spare));
  if (last <= 0) return columns.map((column) => ({ ...column, width: column.width - givesUp(column) }));
  return fit(
    columns.filter(({ spare = 0 }) => spare < last),
    width,
  );
}

const characters = new Intl.Segmenter();

/** A text that is too wide, with an ellipsis in the place of its end. */
function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = "";
  for (const { segment } of characters.segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
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
