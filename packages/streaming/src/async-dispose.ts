/**
 * `Symbol.asyncDispose`, or what compilers put in its place where the runtime has none (Node before 20.4, Safari):
 * their `await using` looks for the registered symbol then.
 */
export const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? (Symbol.for("Symbol.asyncDispose") as typeof Symbol.asyncDispose);
