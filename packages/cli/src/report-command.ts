import { type Change, represent } from "@hawser/codegen";
import { Command } from "commander";
import {
  answer,
  countOf,
  type DocumentFlags,
  nameOf,
  sourcesFrom,
  withDocumentOptions,
} from "./document-options.ts";
import { paint } from "./paint.ts";
import type { Output } from "./run.ts";
import { plainText } from "./table.ts";

interface Report {
  readonly document: string;
  readonly changes: readonly Change[];
}

/** `hawser report`: what normalisation changed, and why. */
export function reportCommand(output: Output): Command {
  const command = new Command("report")
    .description(
      "Tells what normalisation changes in OpenAPI documents, or in those of hawser.config.ts, and why.",
    )
    .argument("[documents...]", "paths or URLs of OpenAPI documents")
    .option("--config <file>", "the configuration, when no document is given");
  return withDocumentOptions(command).action(async (documents: string[], flags: DocumentFlags) => {
    await answer(
      flags,
      output,
      () => reportsOf(documents, flags, output),
      (reports) => tell(reports, output),
    );
  });
}

async function reportsOf(
  documents: readonly string[],
  flags: DocumentFlags,
  output: Output,
): Promise<Report[]> {
  const reports: Report[] = [];
  for (const source of await sourcesFrom(documents, flags, output, "report: name a document")) {
    const { changes } = await represent(source);
    reports.push({ document: nameOf(source.document, output.cwd), changes });
  }
  return reports;
}

function tell(reports: readonly Report[], output: Output): void {
  for (const { document, changes } of reports) {
    output.out(`${document}: ${countOf(changes)}`);
    for (const line of changeLines(changes, output.colours === true)) output.out(line);
  }
}

/** Changes by rule: where, why, what stood there and what does now. */
function changeLines(changes: readonly Change[], colours: boolean): string[] {
  const rules = [...new Set(changes.map(({ rule }) => rule))];
  const groups = rules.map((rule) => [rule, changes.filter((change) => change.rule === rule)] as const);
  return groups.flatMap(([rule, group]) => [
    "",
    `${paint(rule, "bold", colours)} (${group.length})`,
    ...group.flatMap(({ pointer, reason, before, after }) => [
      `  ${plainText(pointer)}`,
      `    ${plainText(reason)}`,
      ...(before === undefined ? [] : [`    ${paint("-", "red", colours)} ${shortened(before)}`]),
      ...(after === undefined ? [] : [`    ${paint("+", "green", colours)} ${shortened(after)}`]),
    ]),
  ]);
}

const most = 160;

/** A value on one line; a long one loses its end, which `--json` has. */
function shortened(value: unknown): string {
  const text = plainText(JSON.stringify(value));
  return text.length <= most ? text : `${text.slice(0, most)} …`;
}
