import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const packages = join(root, "packages");

/** An empty project with packed packages in it. */
export interface PackedProject extends AsyncDisposable {
  readonly folder: string;
  /** Writes a program into the project, runs it, and gives what it printed. */
  runProgram(name: string, text: string, variables: Readonly<Record<string, string>>): Promise<string>;
}

/**
 * Installs packages as they would be published, with their dependencies, into an empty folder: what a user's npm would
 * put there, from the files at hand.
 *
 * @param names folders of this repository's packages, those they depend on among them
 */
export async function installPacked(names: readonly string[]): Promise<PackedProject> {
  const folder = await mkdtemp(join(tmpdir(), "hawser-packed-"));
  const modules = join(folder, "node_modules");
  const pnpm = join(root, "node_modules/pnpm/bin/pnpm.cjs");
  for (const name of names) {
    const packed = join(folder, "packed", name);
    await mkdir(packed, { recursive: true });
    const words = [pnpm, "pack", "--json", "--pack-destination", packed];
    const { stdout } = await run(process.execPath, words, { cwd: join(packages, name) });
    const { filename } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { filename: string };
    await run("tar", ["-xzf", join(packed, filename.split("/").at(-1) ?? ""), "-C", packed]);
    await mkdir(join(modules, "@hawser"), { recursive: true });
    await cp(join(packed, "package"), join(modules, "@hawser", name), { recursive: true });
    await linkDependencies(name, modules);
  }
  const fetchClient = await realpath(join(packages, "runtime/node_modules/openapi-fetch"));
  await symlink(
    join(dirname(fetchClient), "openapi-typescript-helpers"),
    join(modules, "openapi-typescript-helpers"),
  );
  return {
    folder,
    async runProgram(name, text, variables) {
      await writeFile(join(folder, name), text);
      const env = { ...process.env, ...variables };
      return (await run(process.execPath, [name], { cwd: folder, env })).stdout;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What a package needs from elsewhere, as it is installed here. */
async function linkDependencies(name: string, modules: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(packages, name, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    if (dependency.startsWith("@hawser/")) continue;
    const target = join(modules, dependency);
    await mkdir(dirname(target), { recursive: true });
    await rm(target, { force: true });
    await symlink(await realpath(join(packages, name, "node_modules", dependency)), target);
  }
}
