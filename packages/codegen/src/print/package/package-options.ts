import type { JsonObject } from "../../json.ts";
import type { TypeScriptOptions } from "../typescript/print-typescript.ts";

/** What the package of a client is called. */
export interface PackageOptions {
  /** Its name, as npm takes it. */
  readonly name: string;
  /** Default: the version of the document, when it is one that npm takes, else `0.0.0`. */
  readonly version?: string;
  /** Members of `package.json` to be added, or to stand in the place of those that are written, as `license`. */
  readonly manifest?: JsonObject;
}

/** What is written around a client in TypeScript. */
export interface FolderOptions extends TypeScriptOptions {
  /** Whether `README.md` and `api.md` are written. Default: for a package. */
  readonly docs?: boolean;
  /** Makes the folder a package: `package.json`, `tsconfig.json`, and the client in `src`. Default: none. */
  readonly package?: PackageOptions;
  /** Whether the runtime's sources are copied into `runtime`, instead of being a dependency. Default: false. */
  readonly vendor?: boolean;
  /** Whether `validation.ts` is written, with a Standard Schema for each named schema. Default: false. */
  readonly validate?: boolean;
}

/** A name as npm takes it for a new package (the documentation of package.json, "name"). */
const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
/** A version by Semantic Versioning 2.0.0, 2. */
const semanticVersion =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z.-]+)?$/;

/** Whether npm takes a version. */
export function isVersion(version: string): boolean {
  return semanticVersion.test(version);
}

/** What is wrong with options that each are right, as a sentence; `undefined` when nothing is. */
export function optionProblem({
  language,
  ...options
}: FolderOptions & { readonly language?: string }): string | undefined {
  const { package: packaged, vendor, docs, validate, runtime, importExtension } = options;
  if (
    language === "python" &&
    (packaged !== undefined || vendor === true || docs === true || validate === true)
  )
    return "A package, its documentation, schemas that validate and a copy of the runtime are written in TypeScript alone.";
  if (vendor === true && runtime !== undefined)
    return `The runtime can't be copied in and be imported from ${runtime}: choose one.`;
  if (packaged === undefined) return undefined;
  if (packaged.name.length > 214 || !packageName.test(packaged.name))
    return `"${packaged.name}" is no name of a package: it takes small letters, digits and -._~, perhaps after @scope/.`;
  if (packaged.version !== undefined && !isVersion(packaged.version))
    return `"${packaged.version}" is no version of a package: it takes the form 1.2.3.`;
  if (importExtension === "")
    return "A package that is built by tsc runs on Node, where imports end in something: choose .js or .ts.";
  return undefined;
}
