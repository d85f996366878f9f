import type { Command } from "commander";
import type { Output } from "../run.ts";
import { type Column, tableLines } from "../table.ts";
import { inSession, print, type Session, type SharedFlags, withSharedOptions } from "./session.ts";

/** What is listed. */
interface Listing<Row> {
  readonly description: string;
  readonly list: (
    session: Session,
    params: { readonly search?: string },
  ) => { toArray(): Promise<readonly Row[]> };
  readonly columns: readonly Column<Row>[];
}

/** Adds `list` to a command: what an environment has, narrowed by `--search`. */
export function addListCommand<Row>(
  command: Command,
  output: Output,
  { description, list, columns }: Listing<Row>,
): void {
  withSharedOptions(command.command("list").description(description))
    .option("--search <text>", "only those with this text in their name")
    .action((flags: SharedFlags & { search?: string }) =>
      inSession(output, flags, async (session) => {
        const { search } = flags;
        const rows = await list(session, search === undefined ? {} : { search }).toArray();
        print(session, flags, rows, () => tableLines(columns, rows, output));
      }),
    );
}
