interface RuntimeGlobals {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  readonly Deno?: { readonly env?: { get(name: string): string | undefined } };
  readonly window?: { readonly document?: unknown };
}

/**
 * An environment variable, where the runtime has any. Empty ones count as absent, and so do those the runtime doesn't
 * let the program read (Deno without `--allow-env`).
 */
export function readEnvironment(name: string): string | undefined {
  const { process, Deno } = globalThis as RuntimeGlobals;
  if (process?.env !== undefined) {
    try {
      return process.env[name] || undefined;
    } catch {
      return undefined;
    }
  }
  try {
    return Deno?.env?.get(name) || undefined;
  } catch {
    return undefined;
  }
}

/** Whether the program is a web page's, whose keys everyone can read. Workers aren't: they have no document. */
export function isBrowser(): boolean {
  return (globalThis as RuntimeGlobals).window?.document !== undefined;
}
