import type { OpenAPIDocument } from "@hawser/codegen";
import type { MockOperation } from "./document/operation.ts";
import { readDocument } from "./document/read-document.ts";

/** An operation and what it can be asked to answer. */
export interface OperationSummary {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
  /** `flag` when a member of the body asks for the stream. */
  readonly stream: "never" | "flag" | "always";
  readonly examples: readonly ExampleSummary[];
}

/** An answer one can ask for by `Prefer: example=NAME` (and `code=STATUS` when the name stands under several). */
export interface ExampleSummary {
  readonly name: string;
  readonly status: string;
  readonly mediaType: string;
  readonly summary?: string;
}

/**
 * The operations of a document with the names of their examples, in the document's order.
 *
 * @throws {DocumentError} when the document or an overlay can't be read
 */
export async function listOperations(
  document: string | URL | OpenAPIDocument,
  overlays: readonly string[] = [],
): Promise<readonly OperationSummary[]> {
  const { operations } = await readDocument(document, overlays);
  return operations.map(summaryOf);
}

/** What of an operation is of use to someone who asks it for answers. */
export function summaryOf({ id, method, path, summary, stream, responses }: MockOperation): OperationSummary {
  return {
    id,
    method,
    path,
    ...(summary !== undefined && { summary }),
    stream: stream === undefined ? "never" : stream.flag === undefined ? "always" : "flag",
    examples: responses.flatMap(({ status, contents }) =>
      contents.flatMap(({ mediaType, examples }) =>
        examples.map((example) => ({
          name: example.name,
          status,
          mediaType,
          ...(example.summary !== undefined && { summary: example.summary }),
        })),
      ),
    ),
  };
}
