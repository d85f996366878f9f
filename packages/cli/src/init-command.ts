import { existsSync } from "node:fs";
import { access, writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { absoluteSource, DocumentError, isRemote, type Language, represent } from "@hawser/codegen";
import { Command, Option } from "commander";
import { canRun, configNames } from "./config-file.ts";
import { exitCodes, Failure } from "./exit-codes.ts";
import type { Questions } from "./questions.ts";
import type { Output } from "./run.ts";

interface InitFlags {
  readonly document?: string;
  readonly out?: string;
  readonly language?: Language;
  readonly importExtension?: ".js" | ".ts" | "";
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** What a configuration says. */
interface Answers {
  readonly document: string;
  readonly out: string;
  readonly language: Language;
  readonly importExtension: ".js" | ".ts" | "";
}

const usualDocuments = ["openapi", "api", "spec", "swagger"].flatMap((name) =>
  ["yaml", "yml", "json"].map((end) => `${name}.${end}`),
);

/** `hawser init`: asks for what a configuration needs, and writes it. */
export function initCommand(output: Output): Command {
  return new Command("init")
    .description(
      "Asks which document a client is to be made of, and writes hawser.config.ts, or hawser.config.mjs where Node can't run TypeScript.",
    )
    .option("--document <document>", "path or URL of the OpenAPI document")
    .option("-o, --out <folder>", "where the client is written; default: src/client")
    .addOption(
      new Option("--language <language>", "what is written; default: typescript").choices([
        "typescript",
        "python",
      ]),
    )
    .addOption(
      new Option(
        "--import-extension <extension>",
        "what imports among the generated files end in; default: .js",
      ).choices([".js", ".ts", ""]),
    )
    .option("--yes", "ask nothing, take the defaults")
    .option("--force", "write over a configuration that is there")
    .option("--json", "print the result as JSON, for machines")
    .action((flags: InitFlags) => init(flags, output));
}

async function init(flags: InitFlags, output: Output): Promise<void> {
  const [usual = ""] = configNames();
  const there = await firstOf(configNames(), output.cwd);
  const file = there !== undefined && canRun(there) ? there : usual;
  const questions = flags.yes === true ? undefined : output.questions;
  if (there !== undefined && flags.force !== true) {
    if (questions === undefined) throw new Failure(`${there} is there already: --force writes over it.`);
    const again = await questions.confirm(`${there} is there already. Write over it?`);
    if (again !== true)
      throw new Failure(
        "Nothing was written.",
        again === undefined ? exitCodes.interrupted : exitCodes.failed,
      );
  }
  const found = flags.document ?? (await firstOf(usualDocuments, output.cwd));
  const document =
    questions === undefined
      ? unaskedDocument(flags, found)
      : await askDocument(flags, found, questions, output.cwd);
  const operations = await tryOut(document, file, output);
  const answers = questions === undefined ? unasked(flags, document) : await ask(flags, document, questions);
  await writeFile(resolve(output.cwd, file), configuration(answers, file));
  if (flags.json === true) {
    output.out(JSON.stringify({ config: file, ...answers, operations }, null, 2));
    return;
  }
  output.out(
    `✓ wrote ${file}: ${operations} operations of ${answers.document} become a client in ${answers.out}`,
  );
  const install = answers.language === "typescript" ? "npm install @hawser/runtime && " : "";
  output.out(`Next: ${install}npx hawser generate`);
}

/** The document of somebody who isn't asked. */
function unaskedDocument(flags: InitFlags, document: string | undefined): string {
  if (flags.yes !== true && (flags.document === undefined || flags.out === undefined)) {
    throw new Failure(
      "There is nobody to ask: say --document and --out, or --yes for what can be guessed.",
      exitCodes.usage,
    );
  }
  if (document === undefined)
    throw new Failure("There is no openapi.yaml here: say which document with --document.", exitCodes.usage);
  return document;
}

/** The answers of somebody who isn't asked. */
function unasked(flags: InitFlags, document: string): Answers {
  return {
    document,
    out: flags.out ?? "src/client",
    language: flags.language ?? "typescript",
    importExtension: flags.importExtension ?? ".js",
  };
}

function needed(value: string): string | undefined {
  return value.trim() === "" ? "It can't be empty." : undefined;
}

function answered<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Failure("Nothing was written.", exitCodes.interrupted);
  return value;
}

async function askDocument(
  flags: InitFlags,
  found: string | undefined,
  questions: Questions,
  cwd: string,
): Promise<string> {
  const problem = (value: string) =>
    needed(value) ??
    (isRemote(value) || existsSync(resolve(cwd, value)) ? undefined : "There is no such file.");
  const document =
    flags.document ??
    answered(
      await questions.text("Which OpenAPI document, a path or a URL?", {
        ...(found !== undefined && { initial: found }),
        problem,
      }),
    );
  return isRemote(document) ? document : relative(cwd, resolve(cwd, document));
}

async function ask(flags: InitFlags, document: string, questions: Questions): Promise<Answers> {
  const out =
    flags.out ??
    answered(
      await questions.text("Which folder is the client for?", { initial: "src/client", problem: needed }),
    );
  const language =
    flags.language ??
    answered(
      await questions.choice("In which language?", [
        { value: "typescript", label: "TypeScript", hint: "a client, ready to call" },
        { value: "python", label: "Python", hint: "types and stubs, without a runtime" },
      ]),
    );
  const importExtension =
    language === "python"
      ? ".js"
      : (flags.importExtension ??
        answered(
          await questions.choice<".js" | ".ts" | "">("What do your imports end in?", [
            { value: ".js", label: ".js", hint: "compiled code, Node" },
            { value: ".ts", label: ".ts", hint: "code that runs as it is" },
            { value: "", label: "nothing", hint: "bundlers" },
          ]),
        ));
  return {
    document,
    out,
    language,
    importExtension,
  };
}

/** Reads the document, so that a configuration that can't work is never written; gives its number of operations. */
async function tryOut(document: string, file: string, output: Output): Promise<number> {
  try {
    const { ir } = await represent({ document: absoluteSource(document, output.cwd) });
    return ir.operations.length;
  } catch (error) {
    if (!(error instanceof DocumentError) || error.problems.every(({ pointer }) => pointer === ""))
      throw error;
    // What an overlay can mend is no reason not to begin.
    output.error(
      `${error.message}\nAn overlay can mend that: write one, and name it in ${file} as overlays: ["FILE"].`,
    );
    return 0;
  }
}

function configuration({ document, out, language, importExtension }: Answers, file: string): string {
  const members = [
    `document: ${JSON.stringify(document)}`,
    `out: ${JSON.stringify(out)}`,
    ...(language === "typescript" ? [] : [`language: ${JSON.stringify(language)}`]),
    ...(importExtension === ".js" ? [] : [`importExtension: ${JSON.stringify(importExtension)}`]),
  ];
  const clients = `{
  clients: [
    {
${members.map((member) => `      ${member},\n`).join("")}    },
  ],
}`;
  // Without an import it runs on every Node, also where this command was run by npx and isn't installed.
  return file.endsWith(".ts")
    ? `import { defineConfig } from "@hawser/cli";\n\nexport default defineConfig(${clients});\n`
    : `/** @type {import("@hawser/cli").Config} */\nexport default ${clients};\n`;
}

async function firstOf(names: readonly string[], cwd: string): Promise<string | undefined> {
  for (const name of names) if (await exists(resolve(cwd, name))) return name;
  return undefined;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
