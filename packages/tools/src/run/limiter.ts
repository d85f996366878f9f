/** Lets only so many works run at once, the others waiting in their order. */
export type Limiter = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** A limiter for so many works at once. */
export function createLimiter(concurrency: number): Limiter {
  let free = concurrency;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
