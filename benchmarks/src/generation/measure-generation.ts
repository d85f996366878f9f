import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MeasureOptions, measure } from "../measure.ts";
import type { Part, Workload } from "../report.ts";
import { startTeam } from "../team.ts";
import { generators, type Source } from "./contestants.ts";
import { openGitHubDocument, openInferenceDocument, writeBigDocument } from "./sources.ts";

function toRows({ name, measurements }: Workload): string[][] {
  return measurements.map(({ contestant, ratio, spread, cpu }) => [
    name,
    contestant,
    ...[ratio, ...spread].map((value) => value.toFixed(2)),
    `${cpu.toFixed(0)} ms`,
  ]);
}

/** From a document to TypeScript: types alone, or the whole client. */
export async function measureGeneration(): Promise<Part> {
  const folder = await mkdtemp(join(tmpdir(), "hawser-benchmark-"));
  try {
    using team = startTeam(new URL("./contestants.ts", import.meta.url), generators);
    const rounds = { rounds: 5, repeat: 1, warmUp: 1 };
    const plans: [string, Source, MeasureOptions][] = [
      ["runcrate/inference.yaml", await openInferenceDocument(folder), { rounds: 7, repeat: 2, warmUp: 3 }],
      ["written, 1 MB", await writeBigDocument(folder, 86), rounds],
      ["written, 3 MB", await writeBigDocument(folder, 254), rounds],
      ["GitHub, 13 MB", await openGitHubDocument(folder), rounds],
    ];
    const workloads: Workload[] = [];
    for (const [title, source, options] of plans) {
      const name = `${title}, ${source.operationIds.length.toLocaleString("en")} operations`;
      workloads.push({ name, units: 1, measurements: await measure(team, source, options) });
    }
    return {
      name: "generation",
      caption:
        "Generation: processor time from a document to TypeScript, as a multiple of openapi-typescript's.",
      header: ["document", "generator", "ratio", "lowest", "highest", "CPU"],
      rows: workloads.flatMap(toRows),
      workloads,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
