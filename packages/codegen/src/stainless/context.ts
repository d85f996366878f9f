import { basename } from "node:path";
import type { OpenAPIDocument } from "../document.ts";
import type { JsonObject } from "../json.ts";
import type { Language } from "../language.ts";
import { type Change, Report } from "../normalise/report.ts";
import { type StainlessFile, withLine } from "./load-stainless.ts";

/** What each part of the translation works with. */
export interface Context {
  readonly document: OpenAPIDocument;
  /** The document before overlays: what they changed goes before the configuration. */
  readonly base: OpenAPIDocument;
  readonly config: JsonObject;
  /** Whether something is left out for the language that is written, by its `skip` and `only`. */
  readonly isSkipped: (entry: JsonObject) => boolean;
  readonly problem: (at: string, message: string) => void;
  /**
   * Notes what became of something in the configuration.
   *
   * @param at where it stands there, as a JSON Pointer
   */
  readonly change: (at: string, change: Omit<Change, "rule">) => void;
  /** Notes what has no counterpart in a client: it changes nothing. */
  readonly unused: (at: string, before: unknown, reason: string, pointer?: string) => void;
}

/** A context, and the report it writes to. */
export function contextOf(
  document: OpenAPIDocument,
  base: OpenAPIDocument,
  file: StainlessFile,
  language: Language,
): { context: Context; report: Report } {
  const report = new Report(file.source);
  const name = basename(file.source);
  const change = (at: string, { reason, ...said }: Omit<Change, "rule">) =>
    report.change({ rule: "stainless", ...said, reason: `${name} at ${at}: ${reason}` });
  const context: Context = {
    document,
    base,
    config: file.config,
    isSkipped: (entry) => isSkipped(entry, language),
    problem: (at, message) => report.problem(at, withLine(message, file.lineOf(at))),
    change,
    unused: (at, before, reason, pointer = "#") => change(at, { pointer, before, reason }),
  };
  return { context, report };
}

/** What Stainless calls the languages there is a printer for. */
const targets: Readonly<Record<Language, readonly string[]>> = {
  typescript: ["typescript", "node"],
  python: ["python"],
};

function isSkipped({ skip, only }: JsonObject, language: Language): boolean {
  const isMeant = (list: readonly unknown[]) => targets[language].some((target) => list.includes(target));
  if (skip === true || (Array.isArray(skip) && isMeant(skip))) return true;
  return Array.isArray(only) && !isMeant(only);
}
