import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** Someone at work in one file, as an editor's language service sees them. */
export interface Editor {
  /** Types a letter where `|` stands in the text, or takes it back, and asks what could be completed there. */
  complete(): string[];
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  types: [],
};

/** @param text the file as it is, with `|` where the cursor stands; it seems to lie in `folder` */
export function openEditor(folder: string, text: string): Editor {
  const [before = "", after = ""] = text.split("|");
  const file = join(folder, "use.ts");
  let version = 0;
  // With each version comes another text, so that nothing that was worked out for the last one still holds.
  const typed = () => `${before}${version % 2 === 0 ? "" : "p"}`;
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => [file],
    getScriptVersion: (path) => (path === file ? String(version) : "0"),
    getScriptSnapshot: (path) => {
      if (path === file) return ts.ScriptSnapshot.fromString(typed() + after);
      return ts.sys.fileExists(path) ? ts.ScriptSnapshot.fromString(readFileSync(path, "utf8")) : undefined;
    },
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    realpath: ts.sys.realpath!,
  };
  const service = ts.createLanguageService(host);
  return {
    complete: () => {
      version += 1;
      const found = service.getCompletionsAtPosition(file, typed().length, undefined);
      return found?.entries.map(({ name }) => name) ?? [];
    },
  };
}
