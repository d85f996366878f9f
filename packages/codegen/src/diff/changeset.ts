import { createHash } from "node:crypto";
import type { IR } from "../ir/ir.ts";
import { type Difference, levelOf } from "./difference.ts";

/** A file for the folder `.changeset` (changesets.dev), not written yet. */
export interface Changeset {
  /** File name; the same differences give the same one. */
  readonly path: string;
  readonly content: string;
}

const named = 3;

/**
 * A changeset that says what a new version of a document means for the packages made from it: the level of the gravest
 * difference, and what people have to know. `undefined` when nothing differs.
 *
 * @param packages names of the packages
 */
export function changesetFor(
  next: IR,
  differences: readonly Difference[],
  packages: readonly string[],
): Changeset | undefined {
  const level = levelOf(differences);
  if (level === undefined) return undefined;
  const head = packages.map((name) => `${JSON.stringify(name)}: ${level}\n`).join("");
  const content = `---\n${head}---\n\n${summary(next, differences)}\n`;
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 8);
  return { path: `document-${digest}.md`, content };
}

function summary({ info }: IR, differences: readonly Difference[]): string {
  const follows = `Follows ${info.title} ${info.version}`.replaceAll(/\s+/g, " ");
  const grave = differences.filter(({ level }) => level === "major");
  const rest = differences.filter(({ level }) => level === "minor");
  if (grave.length === 0 && rest.length === 0) return `${follows}, where only words changed.`;
  if (grave.length === 0) return `${follows}. ${sentences(rest)}`;
  const news = rest.length === 0 ? "" : `\n\nBeside that: ${sentences(rest)}`;
  if (grave.length <= named) return `${follows}. ${sentences(grave)}${news}`;
  const list = grave.map(({ message }) => `- ${message}`).join("\n");
  return `${follows}, with ${grave.length} changes that programs have to follow:\n\n${list}${news}`;
}

/** The first few messages, and how many more there are. */
function sentences(differences: readonly Difference[]): string {
  const shown = differences.slice(0, named).map(({ message }) => message);
  const more = differences.length - shown.length;
  return more === 0 ? shown.join(" ") : `${shown.join(" ")} And ${more} more.`;
}
