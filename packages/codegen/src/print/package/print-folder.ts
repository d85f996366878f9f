import type { IR } from "../../ir/ir.ts";
import { vendorRuntime } from "../../vendor/vendor-runtime.ts";
import { avoidTakenNames } from "../typescript/avoid-taken-names.ts";
import { type GeneratedFile, printTypeScript } from "../typescript/print-typescript.ts";
import { printValidation } from "../validation/print-validation.ts";
import type { ExampleModules } from "./example-program.ts";
import type { FolderOptions } from "./package-options.ts";
import { printApi } from "./print-api.ts";
import {
  type PackageParts,
  printCompilerOptions,
  printManifest,
  runtimeDependency,
} from "./print-manifest.ts";
import { printReadme } from "./print-readme.ts";

/**
 * Prints a client in TypeScript and what is asked for around it: the runtime's sources, documentation, a package.
 *
 * @param options options in which `optionProblem` finds nothing
 */
export async function printFolder(representation: IR, options: FolderOptions): Promise<GeneratedFile[]> {
  const extension = options.importExtension ?? ".js";
  const copied = options.vendor === true ? await vendorRuntime(extension) : undefined;
  const runtime =
    copied === undefined ? (options.runtime ?? "@hawser/runtime") : `./runtime/index${extension}`;
  const renamed = () => avoidTakenNames(representation);
  const place = (file: GeneratedFile) => (options.package === undefined ? file : within("src", file));
  const client = (await printTypeScript(representation, { importExtension: extension, runtime })).map(place);
  const checks = options.validate === true ? await printValidation(renamed(), extension, runtime) : [];
  const files = [
    ...client,
    ...checks.map(place),
    ...(copied?.files ?? []).map((file) => place(within("runtime", file))),
  ];
  const dependencies = copied?.dependencies ?? (options.runtime === undefined ? runtimeDependency() : {});
  return [
    ...files,
    ...((options.docs ?? options.package !== undefined)
      ? docs(renamed(), options, client, dependencies, runtime)
      : []),
    ...packageFiles(representation, options, {
      dependencies,
      modules: {
        operations: "operations",
        ...(options.validate === true && { validation: "validation" }),
        ...(copied !== undefined && { runtime: "runtime/index" }),
      },
      extension,
    }),
  ];
}

function within(folder: string, { path, content }: GeneratedFile): GeneratedFile {
  return { path: `${folder}/${path}`, content };
}

function docs(
  ir: IR,
  { package: packaged, importExtension = ".js", vendor, validate }: FolderOptions,
  client: readonly GeneratedFile[],
  dependencies: Readonly<Record<string, string>>,
  runtime: string,
): GeneratedFile[] {
  const own = (name: string) =>
    packaged === undefined ? `./${name}${importExtension}` : `${packaged.name}/${name}`;
  const modules: ExampleModules = {
    client: packaged?.name ?? own("index"),
    operations: own("operations"),
    runtime: packaged !== undefined && vendor === true ? own("runtime") : runtime,
    ...(validate === true && { validation: own("validation") }),
  };
  const install =
    packaged?.name ??
    Object.entries(dependencies)
      .map(([name, version]) => `${name}@${version.replace(/^\^/, "")}`)
      .join(" ");
  return [
    { path: "README.md", content: printReadme(ir, { modules, install, isPackage: packaged !== undefined }) },
    { path: "api.md", content: printApi(ir, client) },
  ];
}

function packageFiles(ir: IR, { package: packaged }: FolderOptions, parts: PackageParts): GeneratedFile[] {
  if (packaged === undefined) return [];
  return [
    { path: "package.json", content: printManifest(ir, packaged, parts) },
    { path: "tsconfig.json", content: printCompilerOptions(parts) },
  ];
}
