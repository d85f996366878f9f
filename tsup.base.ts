import { readFile } from "node:fs/promises";

/**
 * The one way packages are built, as the options tsup takes. (Its own types don't check without `skipLibCheck`.)
 *
 * `splitting` is on for CommonJS too: without it every entry point would carry its own copy of the error classes,
 * and `instanceof` would be false across `package` and `package/sub`.
 */
export function build(options: { entry: string[]; esmOnly?: boolean }): Record<string, unknown> {
  return {
    entry: options.entry,
    format: options.esmOnly ? ["esm"] : ["esm", "cjs"],
    target: "es2022",
    platform: "neutral",
    dts: true,
    splitting: true,
    sourcemap: true,
    clean: true,
    treeshake: true,
    external: [/^node:/],
    // Deno and workers know modules of Node by their full names only.
    removeNodeProtocol: false,
    esbuildPlugins: [versionOnly],
  };
}

/** A package that says its version carries that of its manifest, and not the rest. */
export const versionOnly = {
  name: "version-only",
  setup(esbuild: {
    onLoad(
      options: { filter: RegExp },
      load: (file: { path: string }) => Promise<{ contents: string; loader: "json" }>,
    ): void;
  }) {
    esbuild.onLoad({ filter: /[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8")) as { version: string };
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};
