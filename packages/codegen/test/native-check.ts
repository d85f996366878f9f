import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { writeFiles } from "../src/generate.ts";
import type { GeneratedFile } from "../src/print/typescript/print-typescript.ts";
import { repository } from "./documents.ts";

/** What the native TypeScript says of a program. */
export interface NativeCheck {
  /** One line per error; an empty list when there is none. */
  readonly errors: readonly string[];
  /** How often the compiler made a type out of a generic one. */
  readonly instantiations: number;
}

/**
 * Type-checks generated files with the native TypeScript as the strictest user does: declarations of libraries are
 * checked too. The files are written inside the package, so that `@hawser/runtime` is found, and removed afterwards.
 *
 * @param uses programs of users, each checked in a run of its own, as a module beside the generated files
 */
export async function checkNatively(
  files: readonly GeneratedFile[],
  uses: readonly string[] = [""],
): Promise<NativeCheck[]> {
  const results = join(import.meta.dirname, "../.results");
  await mkdir(results, { recursive: true });
  const folder = await mkdtemp(join(results, "native-"));
  try {
    await writeFiles(folder, files);
    const checks: NativeCheck[] = [];
    for (const use of uses) {
      await writeFile(join(folder, "use.ts"), use);
      checks.push(await compile(folder));
    }
    return checks;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compile(folder: string): Promise<NativeCheck> {
  const settings = {
    extends: relative(folder, join(repository, "tsconfig.base.json")),
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      isolatedModules: true,
      skipLibCheck: false,
    },
    include: ["*.ts"],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const compiler = join(repository, "node_modules/typescript-native/bin/tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [
    compiler,
    "-p",
    join(folder, "tsconfig.json"),
    "--extendedDiagnostics",
    "--pretty",
    "false",
  ]).catch((error: { stdout: string }) => error);
  const [, instantiations] = /^Instantiations:\s+(\d+)/m.exec(stdout) ?? [];
  if (instantiations === undefined) throw new Error(`the compiler gave no figures: ${stdout.slice(0, 500)}`);
  return {
    errors: stdout
      .split("\n")
      .filter((line) => /error TS\d+/.test(line))
      .map((line) => line.slice(line.lastIndexOf("/") + 1)),
    instantiations: Number(instantiations),
  };
}
