import { type MeasureOptions, measure } from "../measure.ts";
import { formatRatio, type Part, type Workload } from "../report.ts";
import { startTeam, type Team } from "../team.ts";
import type { StreamWorkload } from "./contestants.ts";

type Plan = StreamWorkload & MeasureOptions;

const contestants = [
  "floor",
  "body only",
  "hawser events",
  "hawser chunks",
  "hawser final",
  "eventsource-parser",
  "openai chunks",
  "openai final",
  "ai",
];

const kinds = ["chat", "tool calls", "reasoning"] as const;
/** How bodies are cut: fewer chunks, fewer times, where the single reads are what takes the time. */
const cuts = [
  { reads: "16 KiB", chunks: 5_000, rounds: 5, repeat: 3, warmUp: 5 },
  { reads: "1 event", chunks: 5_000, rounds: 5, repeat: 2, warmUp: 3 },
  { reads: "1–7 bytes", chunks: 500, rounds: 7, repeat: 1, warmUp: 3 },
] as const;
/** Whether the time per event stays the same as the answer grows. */
const lengths = [
  { reads: "16 KiB", chunks: 50_000, rounds: 3, repeat: 1, warmUp: 1 },
  { reads: "16 KiB", chunks: 200_000, rounds: 2, repeat: 1, warmUp: 0 },
] as const;

const plans: readonly Plan[] = [
  ...cuts.flatMap((cut) => kinds.map((kind) => ({ kind, ...cut }))),
  { kind: "counted chat", ...cuts[0] },
  { kind: "scored chat", ...cuts[0] },
  ...(["chat", "tool calls"] as const).flatMap((kind) => lengths.map((length) => ({ kind, ...length }))),
];

async function measurePlan(team: Team, { kind, reads, chunks, ...options }: Plan): Promise<Workload> {
  const workload: StreamWorkload = { kind, reads, chunks };
  return {
    name: `${kind}, ${reads}, ${chunks.toLocaleString("en")}`,
    units: chunks,
    measurements: await measure(team, workload, options),
  };
}

function toRow({ name, units, measurements }: Workload): string[] {
  const microseconds = (measurements[0]!.cpu * 1000) / units;
  return [
    name,
    `${microseconds.toFixed(2)} µs`,
    ...contestants
      .slice(1)
      .map((who) => formatRatio(measurements.find(({ contestant }) => contestant === who))),
  ];
}

/** Server-sent events of chat completions, from bytes in memory to chunks or to the whole message. */
export async function measureStreams(): Promise<Part> {
  using team = startTeam(new URL("./contestants.ts", import.meta.url), contestants);
  const workloads: Workload[] = [];
  for (const plan of plans) workloads.push(await measurePlan(team, plan));
  return {
    name: "streams",
    caption:
      "Streams: processor time per event, as a multiple of the floor's. A row is what is streamed, what one read gives, and how many chunks there are.",
    header: ["transcript", ...contestants],
    rows: workloads.map(toRow),
    workloads,
  };
}
