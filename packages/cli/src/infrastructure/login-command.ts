import { Command } from "commander";
import { exitCodes, Failure } from "../exit-codes.ts";
import type { Output } from "../run.ts";
import { forgetKey, isKey, keepKey } from "./credentials.ts";
import { inSession } from "./session.ts";
import { credits } from "./values.ts";

/** `hawser login`: keeps an API key for the commands that need one. */
export function loginCommand(output: Output): Command {
  return new Command("login")
    .description(
      "Keeps a Runcrate API key in a file that only you can read. In a pipe, the key is read from standard input.",
    )
    .option("--no-check", "keep the key without asking the API whether it knows it")
    .action(async ({ check }: { check: boolean }) => {
      const key = await askKey(output);
      if (!isKey(key))
        throw new Failure(
          "An API key is one word of letters, digits and signs. Nothing was kept.",
          exitCodes.usage,
        );
      if (check) {
        await inSession(
          output,
          {},
          async ({ client, signal }) => {
            const { creditsBalance } = await client.billing.balance({ signal });
            output.error(`The key is known; ${credits(creditsBalance)} credits are left.`);
          },
          key,
        ).catch((error: unknown) => {
          if (!(error instanceof Failure)) throw error;
          throw new Failure(`${error.message} Nothing was kept.`, error.exitCode);
        });
      }
      output.out(`Kept in ${await keepKey(output.env ?? process.env, key)}.`);
    });
}

/** `hawser logout`: takes the key away. */
export function logoutCommand(output: Output): Command {
  return new Command("logout")
    .description("Takes the kept Runcrate API key away. It stays valid: only its owner can revoke it.")
    .action(async () => {
      const environment = output.env ?? process.env;
      const { file, was, exposed } = await forgetKey(environment);
      if (was === "absent") output.out(`No key is kept in ${file}.`);
      else if (was === "kept") output.out(`Taken out of ${file}.`);
      else output.out(`Removed ${file}, which was not what "hawser login" writes.`);
      if (exposed)
        output.error(
          "Others on this machine could read it: change the key at https://www.runcrate.ai/dashboard/api-keys.",
        );
      if (environment.RUNCRATE_API_KEY) output.error("RUNCRATE_API_KEY still holds a key.");
    });
}

async function askKey(output: Output): Promise<string> {
  if (output.terminal !== undefined) {
    const typed = await output.terminal.secret(
      "Runcrate API key (from https://www.runcrate.ai/dashboard/api-keys)",
    );
    if (typed === undefined) throw new Failure("Nothing was kept.", exitCodes.interrupted);
    return typed.trim();
  }
  return (await (output.input ?? readStandardInput)()).trim();
}

async function readStandardInput(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
  return text;
}
