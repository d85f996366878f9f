/** The values of a map whose keys are numbers from the wire, in the order of those. */
export function inOrder<Value>(numbered: ReadonlyMap<number, Value>): Value[] {
  return [...numbered].sort(([a], [b]) => a - b).map(([, value]) => value);
}
