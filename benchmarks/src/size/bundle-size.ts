import { gzipSync } from "node:zlib";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { versionOnly } from "../../../tsup.base.ts";

/** How large code is for those who load it, in bytes. */
export interface BundleSize {
  readonly minified: number;
  readonly gzip: number;
}

/** A module and all it needs, as a web page would get it: bundled, minified, what is not used left out. */
async function bundle(
  module: string,
  conditions: readonly string[],
  options: BuildOptions = {},
): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: module, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: [...conditions, "module"],
    logLevel: "error",
    // As in the builds, when it is made of sources.
    plugins: [versionOnly],
    ...options,
    write: false,
  });
  return outputFiles[0]!.contents;
}

/**
 * The size of a module and all it needs.
 *
 * @param conditions the conditions packages are resolved by, besides those of every bundler
 */
export async function bundleSize(module: string, conditions: readonly string[] = []): Promise<BundleSize> {
  const contents = await bundle(module, conditions);
  return { minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
}

/** Takes the word of no manifest for what can be left out: as it is within a build, which is one file. */
const distrustful: Plugin = {
  name: "distrustful",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === distrustful) return undefined;
      const { kind, importer, resolveDir } = from;
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: distrustful });
      return { ...found, sideEffects: true };
    });
  },
};

/**
 * How many bytes, minified, a package costs those who use nothing of it. They are the statements of its modules that a
 * bundler can't prove to do nothing, and so are part of whatever is used.
 */
export async function unusedSize(name: string, conditions: readonly string[] = []): Promise<number> {
  const contents = await bundle(`import ${JSON.stringify(name)};`, conditions, {
    plugins: [versionOnly, distrustful],
    external: ["@cfworker/json-schema", "openapi-fetch"],
  });
  return contents.length;
}
