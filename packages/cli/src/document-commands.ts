import type { Command } from "commander";
import { diffCommand } from "./diff-command.ts";
import { generateCommand } from "./generate-command.ts";
import { initCommand } from "./init-command.ts";
import { lintCommand } from "./lint-command.ts";
import { mockCommand } from "./mock-command.ts";
import { normalizeCommand } from "./normalize-command.ts";
import { reportCommand } from "./report-command.ts";
import type { Output } from "./run.ts";

/** The commands that work with OpenAPI documents. */
export function documentCommands(output: Output): Command[] {
  return [
    initCommand(output),
    generateCommand(output),
    mockCommand(output),
    lintCommand(output),
    reportCommand(output),
    normalizeCommand(output),
    diffCommand(output),
  ];
}
