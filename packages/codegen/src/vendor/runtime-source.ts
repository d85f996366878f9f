import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A published package whose sources are at hand. */
export interface SourcePackage {
  readonly name: string;
  readonly version: string;
  /** Where its sources are. */
  readonly sources: string;
  readonly license: string;
  /** What it depends on at run time. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The runtime and what it is made of, as they are installed beside the generator: their packages carry their sources. */
export async function runtimePackages(): Promise<{ runtime: SourcePackage; streaming: SourcePackage }> {
  const found = createRequire(import.meta.url).resolve("@hawser/runtime/package.json");
  const below = createRequire(found).resolve("@hawser/streaming/package.json");
  const [runtime, streaming] = await Promise.all([describe(found), describe(below)]);
  return { runtime, streaming };
}

async function describe(manifest: string): Promise<SourcePackage> {
  const folder = dirname(manifest);
  const {
    name,
    version,
    dependencies = {},
  } = JSON.parse(await readFile(manifest, "utf8")) as {
    name: string;
    version: string;
    dependencies?: Record<string, string>;
  };
  // A packed package has its licence with it; in the repository all of them have one.
  const license = await readFile(join(folder, "LICENSE"), "utf8").catch(() =>
    readFile(join(folder, "../../LICENSE"), "utf8"),
  );
  return { name, version, sources: join(folder, "src"), license, dependencies };
}
