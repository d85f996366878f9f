import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import type { GeneratedFile } from "../print/typescript/print-typescript.ts";
import { runtimePackages, type SourcePackage } from "./runtime-source.ts";

/** A runtime to be written beside a client. */
export interface VendoredRuntime {
  /** Its files; `index.ts` is what a client imports. Paths are relative to the folder of the runtime. */
  readonly files: readonly GeneratedFile[];
  /** What it still needs from elsewhere. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Copies the sources of the runtime, and of the streams it reads, as they were published: all that its entry point leads
 * to, a file for a file. Only what imports end in is changed, and a line is put before each file that says where it is from.
 *
 * @param extension what imports end in: `.js`, `.ts` or nothing
 */
export async function vendorRuntime(extension: string): Promise<VendoredRuntime> {
  const { runtime, streaming } = await runtimePackages();
  const roots = new Map([
    [runtime.name, { from: runtime, folder: "" }],
    [streaming.name, { from: streaming, folder: "streaming" }],
  ]);
  const files: GeneratedFile[] = [];
  const seen = new Set<string>();
  const copy = async (from: SourcePackage, folder: string, file: string): Promise<void> => {
    const path = [folder, ...file.split(sep)].filter(Boolean).join("/");
    if (seen.has(path)) return;
    seen.add(path);
    const { text, imported } = rewrite(await readFile(join(from.sources, file), "utf8"), (specifier) => {
      const root = roots.get(specifier);
      if (root !== undefined) return { ...root, file: "index.ts" };
      if (!specifier.endsWith(".ts") || !specifier.startsWith(".")) return undefined;
      return { from, folder, file: relative(from.sources, resolve(from.sources, dirname(file), specifier)) };
    });
    const to = ({ folder: into, file: name }: Place) => {
      const target = [into, ...name.split(sep)].filter(Boolean).join("/");
      const way = relative(dirname(path), target).split(sep).join("/");
      return `${way.startsWith(".") ? "" : "./"}${way.replace(/\.ts$/, extension)}`;
    };
    const head = path === "index.ts" ? `${noticeOf(from)}\n${libraries}` : `${noticeOf(from)}\n`;
    files.push({ path, content: `${head}${withVersion(text(to), from)}` });
    for (const place of imported) await copy(place.from, place.folder, place.file);
  };
  await copy(runtime, "", "index.ts");
  const { [streaming.name]: _own, ...dependencies } = runtime.dependencies;
  return {
    files: [
      ...files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      { path: "LICENSE", content: runtime.license },
    ],
    dependencies: { ...dependencies, ...streaming.dependencies },
  };
}

/** The declarations the sources are written with, for compilers that were told of fewer. */
const libraries = ["es2023", "esnext.disposable", "dom", "dom.iterable", "dom.asynciterable"]
  .map((name) => `/// <reference lib="${name}" />\n`)
  .join("");

/** A file of a package, and the folder its copy is in. */
interface Place {
  readonly from: SourcePackage;
  readonly folder: string;
  readonly file: string;
}

function noticeOf({ name, version }: SourcePackage): string {
  return `// Copied by Hawser from ${name} ${version}, under the licence beside it. Do not edit: generate again.`;
}

/** The manifest a package reads its version from stays behind. */
function withVersion(text: string, { version }: SourcePackage): string {
  return text
    .replace(/^import (\w+) from "\.\.\/package\.json" with \{ type: "json" \};\n/m, "")
    .replaceAll(/\bmanifest\.version\b/g, JSON.stringify(version));
}

/** Finds what a module imports, and gives its text with other specifiers. */
function rewrite(
  source: string,
  locate: (specifier: string) => Place | undefined,
): { imported: Place[]; text: (to: (place: Place) => string) => string } {
  const found = ts
    .preProcessFile(source, true, false)
    // `end` of what is found is without the quotes.
    .importedFiles.map(({ fileName, pos, end }) => ({ place: locate(fileName), pos, end: end + 2 }))
    .filter((each): each is typeof each & { place: Place } => each.place !== undefined);
  return {
    imported: found.map(({ place }) => place),
    text: (to) => {
      let text = source;
      for (const { place, pos, end } of found.toSorted((a, b) => b.pos - a.pos))
        text = `${text.slice(0, pos)}${JSON.stringify(to(place))}${text.slice(end)}`;
      return text;
    },
  };
}
