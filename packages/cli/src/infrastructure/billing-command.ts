import { Command, Option } from "commander";
import type { Output } from "../run.ts";
import { detailLines, tableLines } from "../table.ts";
import { inSession, print, type SharedFlags, withSharedOptions } from "./session.ts";
import { credits, positiveInteger, toTheMinute } from "./values.ts";

interface TransactionFlags extends SharedFlags {
  readonly limit: number;
  readonly all?: boolean;
  readonly type?: string;
}

interface UsageFlags extends SharedFlags {
  readonly from?: string;
  readonly to?: string;
}

/** `hawser billing`: credits and what used them. */
export function billingCommand(output: Output): Command {
  const { colours } = output;
  const command = new Command("billing").description("Credits of the workspace, and what used them.");
  withSharedOptions(command.command("balance").description("Tells how many credits are left."), false).action(
    (flags: SharedFlags) =>
      inSession(output, flags, async (session) => {
        const balance = await session.client.billing.balance({ signal: session.signal });
        print(session, flags, balance, () =>
          detailLines(
            [
              ["credits", credits(balance.creditsBalance)],
              ["used by what runs", credits(balance.activeUsageCost)],
            ],
            { colours },
          ),
        );
      }),
  );
  withSharedOptions(
    command.command("transactions").description("Lists what changed the credits, the latest first."),
    false,
  )
    .option("-n, --limit <count>", "how many", positiveInteger, 50)
    .option("--all", "all there are")
    .addOption(
      new Option("--type <type>", "only those of this kind").choices([
        "credit",
        "usage",
        "refund",
        "adjustment",
      ]),
    )
    .action((flags: TransactionFlags) =>
      inSession(output, flags, async (session) => {
        const { limit, all, type } = flags;
        const transactions = await session.client.billing.transactions
          .list(
            { limit: all === true ? 100 : Math.min(limit, 100), ...(type !== undefined && { type }) },
            { signal: session.signal },
          )
          .toArray(all === true ? {} : { limit });
        print(session, flags, transactions, () =>
          tableLines(
            [
              { heading: "CREATED", value: (row) => toTheMinute(row.createdAt), spare: 1 },
              { heading: "TYPE", value: (row) => row.type },
              { heading: "CREDITS", value: (row) => credits(row.amount), align: "right" },
              { heading: "DESCRIPTION", value: (row) => row.description, cuttable: true },
            ],
            transactions,
            output,
          ),
        );
      }),
    );
  withSharedOptions(command.command("usage").description("Sums up what inference used."), false)
    .option("--from <date>", "begin of the period, such as 2026-01-01")
    .option("--to <date>", "end of the period")
    .action((flags: UsageFlags) =>
      inSession(output, flags, async (session) => {
        const { from, to } = flags;
        const usage = await session.client.billing.usage(
          { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
          { signal: session.signal },
        );
        print(session, flags, usage, () =>
          detailLines(
            [
              ["requests", usage.total_requests],
              ["prompt tokens", usage.total_prompt_tokens],
              ["completion tokens", usage.total_completion_tokens],
              ["tokens", usage.total_tokens],
              ["credits", credits(usage.total_cost)],
            ],
            { colours },
          ),
        );
      }),
    );
  return command;
}
