import { existsSync } from "node:fs";
import { access } from "node:fs/promises";
import * as modules from "node:module";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { absoluteSource, allowedAddress, type Config, type Target } from "@hawser/codegen";
import { exitCodes, Failure } from "./exit-codes.ts";

const plainNames = ["hawser.config.mjs", "hawser.config.js"];

/** Whether this Node can run a configuration: it strips types from 22.18 on, and before where it is told to. */
export function canRun(name: string): boolean {
  return !name.endsWith(".ts") || Boolean(process.features.typescript);
}

/** Names of a configuration, those first that this Node can run. */
export function configNames(): readonly string[] {
  const name = "hawser.config.ts";
  return canRun(name) ? [name, ...plainNames] : [...plainNames, name];
}

/**
 * Reads the configuration file and makes its paths absolute.
 *
 * @param missing what was to be done and what to name, for the sentence when there is no configuration
 * @param path the file; without one, `hawser.config.ts`, `.mjs` or `.js` in `cwd`
 * @throws {Failure} when there is none, it can't be run, or it exports no clients
 */
export async function readConfig(cwd: string, missing: string, path?: string): Promise<Target[]> {
  const file = await configFile(cwd, missing, path);
  const module = await load(file);
  const config = module.default as Partial<Config> | undefined;
  if (!Array.isArray(config?.clients) || config.clients.length === 0) {
    throw new Failure(
      `${file} should end in "export default defineConfig({ clients: [...] })" with at least one client.`,
    );
  }
  const folder = dirname(file);
  return config.clients.map((client: Target, index: number) => {
    if (typeof client?.document !== "string" || typeof client.out !== "string") {
      throw new Failure(`${file}: clients[${index}] needs a "document" and an "out", both paths.`);
    }
    const remoteReferences = [...(config.remoteReferences ?? []), ...(client.remoteReferences ?? [])];
    for (const address of remoteReferences) checkAddress(file, address);
    return {
      ...client,
      document: absoluteSource(client.document, folder),
      out: resolve(folder, client.out),
      overlays: (client.overlays ?? []).map((overlay) => absoluteSource(overlay, folder)),
      ...(typeof client.stainless === "string" && { stainless: absoluteSource(client.stainless, folder) }),
      remoteReferences,
    };
  });
}

/**
 * The path of the configuration.
 *
 * @throws {Failure} when none was named and there is none
 */
export async function configFile(cwd: string, missing: string, path?: string): Promise<string> {
  return path === undefined ? findConfig(cwd, missing) : resolve(cwd, path);
}

function checkAddress(file: string, address: string): void {
  try {
    allowedAddress(address);
  } catch (error) {
    throw new Failure(`${file}: remoteReferences: ${(error as Error).message}`);
  }
}

async function findConfig(cwd: string, missing: string): Promise<string> {
  for (const name of configNames()) {
    const file = resolve(cwd, name);
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new Failure(`Nothing to ${missing}, or write a ${configNames()[0]} in ${cwd}.`, exitCodes.usage);
}

/**
 * Lets a configuration import this command although nobody installed it beside the configuration, as with npx. Node
 * before 22.15 knows no such hooks, and asks for it to be installed.
 */
function lendOwnPackages(): { deregister: () => void } | undefined {
  return modules.registerHooks?.({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (specifier !== "@hawser/cli" && specifier !== "@hawser/codegen") throw error;
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
    },
  });
}

let reads = 0;

async function load(file: string): Promise<{ default?: unknown }> {
  const lent = lendOwnPackages();
  const address = pathToFileURL(file);
  // A module is run once for each address, and a configuration that was changed is to be run again.
  reads += 1;
  address.searchParams.set("read", String(reads));
  delete modules.createRequire(import.meta.url).cache[file];
  try {
    return (await import(address.href)) as { default?: unknown };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ERR_UNKNOWN_FILE_EXTENSION") {
      throw new Failure(
        `This Node can't run ${file}: use Node 22.18 or newer, or name the file hawser.config.mjs.`,
      );
    }
    if (code === "ERR_MODULE_NOT_FOUND" && String(error).includes(`module '${file}`) && !existsSync(file))
      throw new Failure(`There is no such file: ${file}.`);
    throw new Failure(`${file} can't be run: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    lent?.deregister();
  }
}
