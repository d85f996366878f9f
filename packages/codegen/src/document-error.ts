/** One thing wrong with a document: where it is, what it is, and what to do about it. */
export interface Problem {
  /** The file or URL the problem is in. */
  readonly source: string;
  /** JSON Pointer (RFC 6901) to the place, as a URI fragment; `""` when it is the whole file. */
  readonly pointer: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** The file that would have to be there, as an absolute path, when that is what is wrong. */
  readonly missing?: string;
}

const shown = 10;

/**
 * Thrown when a document can't be read, can't be resolved, or says something that can't be represented.
 *
 * The message lists the problems, each with its file, its JSON Pointer and the remedy; `problems` holds all of them.
 */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.slice(0, shown).map(describeProblem);
    if (problems.length > shown) lines.push(`… and ${problems.length - shown} more`);
    super(lines.join("\n"));
    this.problems = problems;
  }
}

function describeProblem({ source, pointer, message }: Problem): string {
  return pointer === "" ? `${source}: ${message}` : `${source} at ${pointer}: ${message}`;
}
