/** How a version number changes for a difference (Semantic Versioning 2.0.0), the least first. */
export const levels = ["patch", "minor", "major"] as const;

/** What a difference asks of the next version number. */
export type Level = (typeof levels)[number];

/** Who can be broken: who writes requests, or who reads answers. */
export type Audience = "callers" | "readers";

/** One difference between two versions of an API. */
export interface Difference {
  /** What kind of difference it is, `property-removed`. */
  readonly rule: string;
  readonly level: Level;
  /** Whom it breaks; empty when nobody has to change anything. */
  readonly breaks: readonly Audience[];
  /** Ids of the operations it concerns; empty when it is about the client as a whole. */
  readonly operations: readonly string[];
  /** JSON Pointer (RFC 6901) into the new intermediate representation, or into the old one for what is gone. */
  readonly pointer: string;
  /** What changed, in one sentence. */
  readonly message: string;
}

/** The highest level among differences; `undefined` when there is none. */
export function levelOf(differences: readonly Pick<Difference, "level">[]): Level | undefined {
  return levels.findLast((level) => differences.some((difference) => difference.level === level));
}

/** True when a level is at least another. */
export function isAtLeast(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}

/**
 * Differences as a person reads them: the ones that break first, and one for a place that is found more than once,
 * since a schema can stand in requests and in answers.
 */
export function tidyDifferences(found: readonly Difference[]): Difference[] {
  const byPlace = new Map<string, Difference>();
  for (const difference of found) {
    const key = `${difference.rule} ${difference.pointer}`;
    const present = byPlace.get(key);
    byPlace.set(key, present === undefined ? difference : join(present, difference));
  }
  return [...byPlace.values()].sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));
}

function join(a: Difference, b: Difference): Difference {
  const graver = isAtLeast(a.level, b.level) ? a : b;
  return {
    ...graver,
    breaks: (["callers", "readers"] as const).filter(
      (who) => a.breaks.includes(who) || b.breaks.includes(who),
    ),
    operations: [...new Set([...a.operations, ...b.operations])],
  };
}
