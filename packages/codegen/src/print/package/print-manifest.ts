import type { IR } from "../../ir/ir.ts";
import { version as generator } from "../../version.ts";
import { isVersion, type PackageOptions } from "./package-options.ts";

/** What is in a package beside its client. */
export interface PackageParts {
  readonly dependencies: Readonly<Record<string, string>>;
  /** Modules of `src` that can be imported from beside `index`. */
  readonly modules: Readonly<Record<string, string>>;
  /** What imports end in. */
  readonly extension: string;
}

/** The compiler that builds the package; newer ones of the same line do as well. */
const compiler = "^5.9.3";

/** What a package needs when the runtime is no part of it: that of the generator's version. */
export function runtimeDependency(): Record<string, string> {
  return { "@hawser/runtime": `^${generator}` };
}

/** Prints `package.json`: an ES module with types, built by tsc, free of side effects. */
export function printManifest(ir: IR, options: PackageOptions, parts: PackageParts): string {
  const entry = (module: string) => ({ types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` });
  const manifest = {
    name: options.name,
    version: options.version ?? (isVersion(ir.info.version) ? ir.info.version : "0.0.0"),
    description: `A client for the ${ir.info.title.replaceAll(/\s+/g, " ").trim()}.`,
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    exports: {
      ".": entry("index"),
      ...Object.fromEntries(
        Object.entries(parts.modules).map(([name, module]) => [`./${name}`, entry(module)]),
      ),
      "./package.json": "./package.json",
    },
    files: ["dist", "src"],
    scripts: { build: "tsc", prepack: "tsc" },
    dependencies: parts.dependencies,
    devDependencies: { typescript: compiler },
  };
  return json({ ...manifest, ...options.manifest });
}

/** Prints the `tsconfig.json` the package is built with: what is strict for users is strict here. */
export function printCompilerOptions({ extension }: PackageParts): string {
  return json({
    compilerOptions: {
      target: "ES2022",
      lib: ["ES2023", "ESNext.Disposable", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
      module: "NodeNext",
      types: [],
      rootDir: "src",
      outDir: "dist",
      declaration: true,
      declarationMap: true,
      sourceMap: true,
      ...(extension === ".ts" && { rewriteRelativeImportExtensions: true }),
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
      skipLibCheck: false,
    },
    include: ["src"],
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
