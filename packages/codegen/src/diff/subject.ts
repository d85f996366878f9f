import type { Comparison, effect } from "./comparison.ts";
import type { Direction } from "./usage.ts";

/** What is compared: the direction of its values, how it is called in sentences, and the operations it concerns. */
export interface Subject {
  readonly direction: Direction;
  /** `Video.status`, or `the body of videos.create`. */
  readonly label: string;
  /** The operations that use it; of a schema with a name, all that do. */
  readonly operations: (schema: string | undefined) => readonly string[];
  /** The schema with a name that it stands in. */
  readonly schema?: string;
}

/** How a place is called in a sentence. */
export function name({ label }: Subject): string {
  return label.startsWith("the ") ? label : `\`${label}\``;
}

/** Adds what is found about one subject. */
export function reporter(comparison: Comparison, subject: Subject) {
  return (rule: string, effects: ReturnType<typeof effect>, pointer: string, message: string): void => {
    const sentence = message.replace(/^./, (letter) => letter.toUpperCase());
    comparison.add({
      rule,
      ...effects,
      pointer,
      message: sentence,
      operations: subject.operations(subject.schema),
    });
  };
}
