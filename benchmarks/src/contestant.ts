/** One way to do the work that is measured. */
export interface Contestant {
  readonly name: string;
  /** Does the work once, and gives what came of it. */
  readonly run: () => Promise<string | number>;
  /** What must come of it. */
  readonly expected: string | number;
}

/** What doing the work once took, in ms. */
export interface Sample {
  /** Processor time of the whole process: its garbage collector and its compiler are included. */
  readonly cpu: number;
  /** Time on the clock. */
  readonly wall: number;
}

/** Does the work so many times in a row, and says what once took on average. */
export async function takeSample({ run }: Contestant, repeat: number): Promise<Sample> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  for (let turn = 0; turn < repeat; turn += 1) await run();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000 / repeat, wall: (performance.now() - startedAt) / repeat };
}

/** Throws an `Error` when something else comes of the work than must: the time it takes would mean nothing. */
export async function checkOutcome({ name, run, expected }: Contestant): Promise<void> {
  const outcome = await run();
  if (outcome === expected) return;
  throw new Error(`${name} gave ${quote(outcome)} instead of ${quote(expected)}`);
}

function quote(outcome: string | number): string {
  const text = String(outcome);
  return text.length > 200 ? `${text.length} characters, ${text.slice(0, 80)} … ${text.slice(-80)}` : text;
}
