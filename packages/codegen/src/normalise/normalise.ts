import type { OpenAPIDocument } from "../document.ts";
import { cloneJson } from "../json.ts";
import { clientOptions } from "./client-options.ts";
import { costs } from "./costs.ts";
import { discriminators } from "./discriminators.ts";
import { envelopes } from "./envelopes.ts";
import { finders } from "./finders.ts";
import { foreignKeys } from "./foreign-keys.ts";
import { foreignPages } from "./foreign-pages.ts";
import { foreignStreams } from "./foreign-streams.ts";
import { inlineSchemas } from "./inline-schemas.ts";
import { keysAreSound } from "./keys.ts";
import { maps } from "./maps.ts";
import { nullable } from "./nullable.ts";
import { oneWayMembers } from "./one-way-members.ts";
import { operationIds } from "./operation-ids.ts";
import { pages } from "./pages.ts";
import { pathParameters } from "./path-parameters.ts";
import { pathQueries } from "./path-queries.ts";
import { pathSuffixes } from "./path-suffixes.ts";
import { referenceSiblings } from "./reference-siblings.ts";
import { references } from "./references.ts";
import { type Change, type Pass, Report } from "./report.ts";
import { representable } from "./representable.ts";
import { schemaNames } from "./schema-names.ts";
import { security } from "./security.ts";
import { servers } from "./servers.ts";
import { sharedNames } from "./shared-names.ts";
import { streamSchemas } from "./stream-schemas.ts";
import { streams } from "./streams.ts";
import { uploads } from "./uploads.ts";
import { waiters } from "./waiters.ts";

/** The passes in their order; each relies on what those before it have made sure of. */
const passes: readonly Pass[] = [
  referenceSiblings,
  nullable,
  references,
  keysAreSound,
  pathSuffixes,
  pathParameters,
  sharedNames,
  foreignKeys,
  pathQueries,
  servers,
  security,
  representable,
  operationIds,
  discriminators,
  foreignStreams,
  inlineSchemas,
  streams,
  streamSchemas,
  clientOptions,
  maps,
  envelopes,
  foreignPages,
  pages,
  waiters,
  finders,
  costs,
  uploads,
  oneWayMembers,
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
 * @param source what the document is called in problems; a URL is what relative URLs of servers are relative to
 * @throws {DocumentError} for what can't be represented, naming each place
 */
export function normalise(document: OpenAPIDocument, source: string): NormalisedDocument {
  const result = cloneJson(document);
  const report = new Report(source);
  for (const pass of passes) {
    pass(result, report);
    // References that lead nowhere would be reported again by every pass that follows them, and the passes after
    // streamSchemas take what a key holds at its word.
    if (pass === references || pass === streamSchemas) report.throwProblems();
  }
  report.throwProblems();
  return { document: result, changes: report.changes };
}
