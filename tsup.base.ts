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
  };
}
