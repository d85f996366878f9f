import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** How large code is for those who load it, in bytes. */
export interface BundleSize {
  readonly minified: number;
  readonly gzip: number;
}

/**
 * The size of a module and all it needs, as a web page would get it: bundled, minified, what is not used left out.
 *
 * @param conditions the conditions packages are resolved by, besides those of every bundler
 */
export async function bundleSize(module: string, conditions: readonly string[] = []): Promise<BundleSize> {
  const { outputFiles } = await build({
    stdin: { contents: module, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: [...conditions, "module"],
    logLevel: "error",
  });
  const { contents } = outputFiles[0]!;
  return { minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
}
