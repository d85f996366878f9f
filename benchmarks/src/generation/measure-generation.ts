import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type MeasureOptions, measure } from "../measure.ts";
import type { Part, Workload } from "../report.ts";
import { startTeam, type Team } from "../team.ts";
import { createBigDocument } from "./big-document.ts";
import type { Source } from "./contestants.ts";

function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

/** The inference API of this repository: several YAML files and an overlay. */
export async function openInferenceDocument(): Promise<Source> {
  const document = inRepository("openapi/runcrate/inference.yaml");
  const ids = (await readFile(document, "utf8")).matchAll(/^ +operationId: (\w+)$/gm);
  return {
    document,
    overlays: [inRepository("openapi/runcrate/inference.overlay.yaml")],
    operationIds: Array.from(ids, ([, id]) => id!),
  };
}

/** How many resources make a document of about 1 MB. */
const resources = 86;

async function measureSource(
  team: Team,
  name: string,
  source: Source,
  options: MeasureOptions,
): Promise<Workload> {
  return { name, units: 1, measurements: await measure(team, source, options) };
}

function toRows({ name, measurements }: Workload): string[][] {
  return measurements.map(({ contestant, ratio, spread, cpu }) => [
    name,
    contestant,
    ...[ratio, ...spread].map((value) => value.toFixed(2)),
    `${cpu.toFixed(0)} ms`,
  ]);
}

/** From a document to TypeScript in memory: types alone, or the whole client. */
export async function measureGeneration(): Promise<Part> {
  const folder = await mkdtemp(join(tmpdir(), "hawser-benchmark-"));
  try {
    const { text, operationIds } = createBigDocument(resources);
    const document = join(folder, "big.json");
    await writeFile(document, text);
    const megabytes = `${(text.length / 1e6).toFixed(2)} MB, ${operationIds.length} operations`;
    using team = startTeam(new URL("./contestants.ts", import.meta.url), [
      "openapi-typescript",
      "hawser represent",
      "hawser generate",
    ]);
    const big = { document, overlays: [], operationIds };
    const workloads = [
      await measureSource(team, "runcrate/inference.yaml", await openInferenceDocument(), {
        rounds: 7,
        repeat: 2,
        warmUp: 3,
      }),
      await measureSource(team, megabytes, big, { rounds: 5, repeat: 1, warmUp: 1 }),
    ];
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
