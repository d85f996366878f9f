import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Interrupt } from "./interrupt.ts";
import type { Screen } from "./screen.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Generates the clients and builds the packages.
 *
 * @throws {Error} with what the tool printed, when one of them fails
 */
export async function prepare(screen: Screen, interrupt: Interrupt): Promise<void> {
  screen.step("Prepare");
  await screen.work(
    "Generating the clients from openapi/",
    () => runNode(["--conditions=hawser-source", "packages/cli/src/bin.ts", "generate"], interrupt),
    (printed) => printed.trim().replaceAll("✓ ", ""),
  );
  await screen.work(
    "Building the packages",
    () => runNode(["node_modules/turbo/bin/turbo", "run", "build", "--output-logs=errors-only"], interrupt),
    (printed) => `Built the packages${/FULL TURBO/.test(printed) ? " (nothing had changed)" : ""}`,
  );
}

function runNode(words: readonly string[], interrupt: Interrupt): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, words, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    });
    interrupt.adopt(child);
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaints += text;
    });
    child.once("error", fail);
    child.once("close", (code) => {
      // A tool that hears Ctrl-C too may call that a success.
      if (interrupt.signal.aborted) fail(interrupt.signal.reason);
      else if (code === 0) done(printed);
      else fail(new Error(`${printed}${complaints}`.trim()));
    });
  });
}
