import { operationsOf } from "../document.ts";
import { DocumentError } from "../document-error.ts";
import { buildIR } from "../ir/build-ir.ts";
import { leftOut } from "../ir/left-out.ts";
import { loadOverlaid, type SourceOptions } from "../load/load-overlaid.ts";
import { normalise } from "../normalise/normalise.ts";
import type { Change } from "../normalise/report.ts";
import { type Advice, clientRules, operationRules } from "./rules.ts";

/** How much a finding matters, the least first. */
export const severities = ["note", "warning", "error"] as const;

/** `error`: no client can be made. `warning`: it is worse than it could be. `note`: how a document is understood. */
export type Severity = (typeof severities)[number];

/** One thing about a document that its client suffers from. */
export interface LintFinding {
  readonly severity: Severity;
  /** What was looked for: a rule of this folder, or the pass of normalisation that had to change something. */
  readonly rule: string;
  /** The file or URL. */
  readonly source: string;
  /** JSON Pointer (RFC 6901) into the document in one piece. */
  readonly pointer: string;
  /** What it is and what to do, in one sentence. */
  readonly message: string;
}

/**
 * Looks at a document with the eyes of who will use its client: what can't be represented is an error; what makes the
 * client worse (names that had to be invented, values without a type, streams whose end can't be told) a warning; what
 * else normalisation understood in its own way a note.
 */
export async function lint(options: SourceOptions): Promise<LintFinding[]> {
  const findings: LintFinding[] = [];
  try {
    const { document, source, changes } = await loadOverlaid(options);
    const normalised = normalise(document, source);
    const ir = buildIR(normalised.document, source);
    const advise = (advice: Advice) => void findings.push({ source, ...advice });
    for (const advice of clientRules(ir)) advise(advice);
    const operations = new Map(ir.operations.map((operation) => [operation.id, operation]));
    for (const {
      operation: { operationId },
      pointer,
    } of operationsOf(normalised.document)) {
      const operation = operations.get(String(operationId));
      if (operation !== undefined)
        for (const advice of operationRules(ir, operation, pointer)) advise(advice);
    }
    for (const change of [...changes, ...normalised.changes, ...leftOut(normalised.document, ir)])
      advise(adviceOf(change));
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    for (const problem of error.problems)
      findings.push({ severity: "error", rule: "representable", ...problem });
  }
  return findings.sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
}

/** Changes that invent what the document should say itself, and the remedy. */
const inventions: Readonly<Record<string, string>> = {
  "operation-ids":
    "Give the operation an operationId that is a word of its own, or the names of the client change with the path.",
  "method-names": "Else it changes with what stands beside it.",
  discriminators:
    "Write the mapping of the discriminator down, so that every reader knows which value means what.",
  "path-suffixes":
    "Leave the fragment out of the path: describe what differs in the one operation that is called.",
};

function adviceOf({ rule, pointer, before, reason }: Change): Advice {
  const remedy = inventions[rule];
  // An id that was only spelled in another way is the document's own.
  const invented = rule !== "operation-ids" || before === undefined;
  if (remedy === undefined || !invented) return { severity: "note", rule, pointer, message: reason };
  return { severity: "warning", rule, pointer, message: `${reason} ${remedy}` };
}
