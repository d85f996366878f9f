import type { MockOperation } from "../document/operation.ts";

/** The operations whose paths look most like the one asked for, best first. */
export function nearestOperations(
  operations: readonly MockOperation[],
  method: string,
  path: string,
  count = 3,
): readonly MockOperation[] {
  return operations
    .map((operation) => ({
      operation,
      distance: editDistance(fillIn(operation.path, path), path) + (operation.method === method ? 0 : 0.5),
    }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ operation }) => operation);
}

/** The template with its parameters as they stand in the path, so that an id counts as a match. */
function fillIn(template: string, path: string): string {
  const segments = path.split("/");
  return template
    .split("/")
    .map((segment, index) => (segment.startsWith("{") ? (segments[index] ?? segment) : segment))
    .join("/");
}

/** Levenshtein's distance: how many characters are inserted, deleted or replaced. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
