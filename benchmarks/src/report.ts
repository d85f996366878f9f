import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { Measurement } from "./measure.ts";

/** What was done by all contestants, and what it took them. */
export interface Workload {
  readonly name: string;
  /** How many of the unit there are in doing the work once. */
  readonly units: number;
  readonly measurements: readonly Measurement[];
}

/** The results of one part of the benchmark. */
export interface Part {
  readonly name: string;
  /** The sentence above the table. */
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly workloads: readonly Workload[];
}

/** A table in Markdown, its columns aligned for those who read it as it is. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column]!)].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(header), line(rule), ...rows.map(line)].join("\n");
}

/** A ratio as the tables show it; a dash for a contestant that didn't take part. */
export function formatRatio(measurement: Measurement | undefined): string {
  return measurement === undefined ? "–" : measurement.ratio.toFixed(2);
}

/** Writes all that was measured to `.results/bench.json`, and gives the path relative to this package. */
export async function writeResults(parts: readonly Part[]): Promise<string> {
  const folder = new URL("../.results/", import.meta.url);
  const results = {
    node: process.versions.node,
    cores: availableParallelism(),
    units: { cpu: "ms of processor time for doing the work once", wall: "ms on the clock for doing it once" },
    parts: parts.map(({ name, workloads }) => ({ name, workloads })),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(new URL("bench.json", folder), `${JSON.stringify(results, null, 2)}\n`);
  return ".results/bench.json";
}
