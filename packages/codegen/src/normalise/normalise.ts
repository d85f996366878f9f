import type { OpenAPIDocument } from "../document.ts";
import { cloneJson } from "../json.ts";
import { discriminators } from "./discriminators.ts";
import { inlineSchemas } from "./inline-schemas.ts";
import { nullable } from "./nullable.ts";
import { operationIds } from "./operation-ids.ts";
import { pathParameters } from "./path-parameters.ts";
import { pathSuffixes } from "./path-suffixes.ts";
import { references } from "./references.ts";
import { type Change, type Pass, Report } from "./report.ts";
import { representable } from "./representable.ts";
import { schemaNames } from "./schema-names.ts";
import { streamSchemas } from "./stream-schemas.ts";
import { streams } from "./streams.ts";

/** The passes in their order; each relies on what those before it have made sure of. */
const passes: readonly Pass[] = [
  nullable,
  references,
  pathSuffixes,
  pathParameters,
  representable,
  operationIds,
  discriminators,
  inlineSchemas,
  streams,
  streamSchemas,
  schemaNames,
];

/** A document every later stage can take at its word. */
export interface NormalisedDocument {
  readonly document: OpenAPIDocument;
  readonly changes: readonly Change[];
}

/**
 * Brings a document into the one form the intermediate representation is built from: every operation has an id, every
 * parameter stands at its operation, every schema an operation uses has a name that is an identifier.
 *
 * @param source what the document is called in problems
 * @throws {DocumentError} for what can't be represented, naming each place
 */
export function normalise(document: OpenAPIDocument, source: string): NormalisedDocument {
  const result = cloneJson(document);
  const report = new Report(source);
  for (const pass of passes) {
    pass(result, report);
    // References that lead nowhere would be reported again by every pass that follows them.
    if (pass === references) report.throwProblems();
  }
  report.throwProblems();
  return { document: result, changes: report.changes };
}
