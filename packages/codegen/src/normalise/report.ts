import type { OpenAPIDocument } from "../document.ts";
import { DocumentError, type Problem } from "../document-error.ts";
import { cloneJson } from "../json.ts";

/** One change a pass made to the document, so that nothing is changed silently. */
export interface Change {
  /** The pass that made it. */
  readonly rule: string;
  /** JSON Pointer (RFC 6901) to the changed place in the bundled document. */
  readonly pointer: string;
  /** What stood there; absent when nothing did. */
  readonly before?: unknown;
  /** What stands there now; absent when it was removed. */
  readonly after?: unknown;
  /** Why, in one sentence. */
  readonly reason: string;
}

/** Where passes write what they changed, and what they can't represent. */
export class Report {
  /** What the document is called: its path or its URL. */
  readonly source: string;
  readonly #changes: Change[] = [];
  readonly #problems: Problem[] = [];

  constructor(source: string) {
    this.source = source;
  }

  /** All changes so far, in the order they were made. */
  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** Notes a change; `before` and `after` are copied, since the document goes on changing. */
  change(change: Change): void {
    this.#changes.push(cloneJson(change));
  }

  /** Notes something that can't be represented; generation ends with all of them. */
  problem(pointer: string, message: string): void {
    this.#problems.push({ source: this.source, pointer, message });
  }

  /** @throws {DocumentError} when any problem was noted */
  throwProblems(): void {
    if (this.#problems.length > 0) throw new DocumentError(this.#problems);
  }
}

/** One step of normalisation: changes the document in place and writes each change to the report. */
export type Pass = (document: OpenAPIDocument, report: Report) => void;
