import { DocumentError, type LintFinding, lint, type Severity, severities } from "@hawser/codegen";
import { Command, Option } from "commander";
import { answer, type DocumentFlags, nameOf, sourcesFrom, withDocumentOptions } from "./document-options.ts";
import { Failure } from "./exit-codes.ts";
import { type Colour, paint } from "./paint.ts";
import type { Output } from "./run.ts";
import { plainText } from "./table.ts";

interface LintFlags extends DocumentFlags {
  readonly notes?: boolean;
  readonly failOn: Severity;
}

/** `hawser lint`: what a client suffers from its document. */
export function lintCommand(output: Output): Command {
  const command = new Command("lint")
    .description(
      "Tells what can't be made a client of in OpenAPI documents, and what would make the client better.",
    )
    .argument("[documents...]", "paths or URLs of OpenAPI documents; default: those of hawser.config.ts")
    .option("--config <file>", "the configuration, when no document is given")
    .option("--notes", "tell how things are understood, too")
    .addOption(
      new Option("--fail-on <severity>", "the least that makes the command fail")
        .choices(["error", "warning"])
        .default("error"),
    );
  return withDocumentOptions(command).action(async (documents: string[], flags: LintFlags) => {
    const findings = await answer(
      flags,
      output,
      () => findingsIn(documents, flags, output),
      (found) => tell(found, flags, output),
    );
    const failing = findings.filter(
      ({ severity }) => severities.indexOf(severity) >= severities.indexOf(flags.failOn),
    );
    if (failing.some(({ severity }) => severity === "error"))
      throw new Failure("There is no client to be made of it.");
    if (failing.length > 0) throw new Failure("Warnings are failures here, as --fail-on says.");
  });
}

async function findingsIn(
  documents: readonly string[],
  flags: LintFlags,
  output: Output,
): Promise<LintFinding[]> {
  const findings: LintFinding[] = [];
  for (const source of await sourcesFrom(documents, flags, output, "lint: name a document"))
    findings.push(...(await lint(source)));
  // A file that isn't there breaks no rule.
  const unread = findings.filter(({ rule, pointer }) => rule === "representable" && pointer === "");
  if (unread.length > 0) throw new DocumentError(unread);
  return findings;
}

const colourOf: Readonly<Record<Severity, Colour>> = { error: "red", warning: "yellow", note: "dim" };

function tell(findings: readonly LintFinding[], flags: LintFlags, output: Output): void {
  const colours = output.colours === true;
  const shown = findings.filter(({ severity }) => severity !== "note" || flags.notes === true);
  for (const { severity, rule, source, pointer, message } of shown) {
    output.out(`${paint(severity, colourOf[severity], colours)} ${plainText(message)}`);
    output.out(paint(`  ${rule}, ${nameOf(source, output.cwd)}${plainPointer(pointer)}`, "dim", colours));
  }
  const hidden = findings.length - shown.length;
  const notes = hidden === 0 ? "" : ` (${hidden} notes: --notes tells them)`;
  output.out(shown.length === 0 ? `Nothing to be told.${notes}` : `${counted(shown)}${notes}.`);
}

function plainPointer(pointer: string): string {
  return pointer === "" ? "" : ` at ${plainText(pointer)}`;
}

function counted(findings: readonly LintFinding[]): string {
  return severities
    .toReversed()
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => finding.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? "" : "s"}`)
    .join(", ");
}
