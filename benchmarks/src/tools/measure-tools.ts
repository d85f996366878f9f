import { type Measurement, measure } from "../measure.ts";
import type { Part } from "../report.ts";
import { startTeam } from "../team.ts";
import type { ToolsWorkload } from "./model.ts";

const rounds = 9;
const warmUp = 3;
const steps = 20;

const workloads: readonly {
  readonly name: string;
  readonly repeat: number;
  readonly workload: ToolsWorkload;
}[] = [
  { name: "whole, 1 call", repeat: 60, workload: { kind: "whole", steps, calls: 1 } },
  { name: "whole, 4 calls", repeat: 40, workload: { kind: "whole", steps, calls: 4 } },
  { name: "streamed, 1 call", repeat: 30, workload: { kind: "streamed", steps, calls: 1 } },
  { name: "streamed, 4 calls", repeat: 20, workload: { kind: "streamed", steps, calls: 4 } },
  { name: "client, 1 call", repeat: 20, workload: { kind: "client", steps, calls: 1 } },
];

const names = [
  "by hand",
  "by hand, events read",
  "hawser",
  "hawser, events read",
  "openai by hand",
  "openai runTools",
  "hawser over openai",
  "hawser over hawser",
];

/** Whoever does the same by hand: reads the events of the stream, if that is what is measured. */
function floorOf({ contestant }: Measurement, all: readonly Measurement[]): Measurement {
  const name = `by hand${/, events read$/.exec(contestant)?.[0] ?? ""}`;
  return all.find((other) => other.contestant === name) ?? all[0]!;
}

function toRow(name: string, measurement: Measurement, all: readonly Measurement[]): string[] {
  const { contestant, cpu } = measurement;
  const floor = floorOf(measurement, all);
  const perStep = (ms: number): string => `${((ms * 1000) / (steps + 1)).toFixed(0)} µs`;
  return [name, contestant, perStep(cpu), measurement === floor ? "–" : perStep(cpu - floor.cpu)];
}

/** What a loop adds to each turn of a model that answers at once, with tools that are over at once. */
export async function measureTools(): Promise<Part> {
  using team = startTeam(new URL("./contestants.ts", import.meta.url), names);
  const results: Part["workloads"][number][] = [];
  for (const { name, repeat, workload } of workloads) {
    const measurements = await measure(team, workload, { rounds, repeat, warmUp });
    results.push({ name, units: steps + 1, measurements });
  }
  return {
    name: "tools",
    caption:
      "Tools: processor time per step of a loop, and what that is more than the loop by hand. Model and tools take no time.",
    header: ["answers", "loop", "CPU per step", "more than by hand"],
    rows: results.flatMap(({ name, measurements }) =>
      measurements.map((measurement) => toRow(name, measurement, measurements)),
    ),
    workloads: results,
  };
}
