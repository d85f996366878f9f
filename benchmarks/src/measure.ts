import type { Sample } from "./contestant.ts";
import type { Team } from "./team.ts";

/** How often the work is done. */
export interface MeasureOptions {
  /** How many times every contestant is measured; they take turns. */
  readonly rounds: number;
  /** How many times the work is done in one measurement. */
  readonly repeat: number;
  /** How many measurements of each are thrown away before the first round, so that the code is compiled. */
  readonly warmUp: number;
}

/** What a contestant took. */
export interface Measurement {
  readonly contestant: string;
  /** Processor time for doing the work once, in ms: the median of the rounds. */
  readonly cpu: number;
  /** Time on the clock for doing the work once, in ms: the median of the rounds. */
  readonly wall: number;
  /** Processor time as a multiple of the first contestant's in the same round: the median of the rounds. */
  readonly ratio: number;
  /** The lowest and the highest of those ratios. */
  readonly spread: readonly [number, number];
}

/** The middle value; of an even number of values the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
}

/**
 * Measures the contestants of a team in turns, the first of them being the measure of the others. The order is turned by
 * one from round to round, so that nobody always runs after the same neighbour.
 *
 * Throws an `Error` when a contestant gives something else than it must.
 */
export async function measure(
  team: Team,
  workload: unknown,
  { rounds, repeat, warmUp }: MeasureOptions,
): Promise<Measurement[]> {
  const players = await team.prepare(workload);
  const samples = players.map((): Sample[] => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (let turn = 0; turn < players.length; turn += 1) {
      const at = (turn + warmUp + round) % players.length;
      const sample = await players[at]!.measure(repeat);
      if (round >= 0) samples[at]!.push(sample);
    }
  }
  return players.map(({ name }, at) => {
    const ratios = samples[at]!.map((sample, round) => sample.cpu / samples[0]![round]!.cpu);
    return {
      contestant: name,
      cpu: median(samples[at]!.map((sample) => sample.cpu)),
      wall: median(samples[at]!.map((sample) => sample.wall)),
      ratio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
    };
  });
}
