// `npm test`: everything that has to hold, and one summary at the end. What didn't change since it last passed is not
// done again (turbo keeps the outcome).
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

const root = join(import.meta.dirname, "..");

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function turbo(title: string, tasks: readonly string[], logs: "errors-only" | "full"): boolean {
  process.stdout.write(`\n▸ ${title}\n`);
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/turbo/bin/turbo"),
      "run",
      ...tasks,
      `--output-logs=${logs}`,
      "--log-prefix=none",
      "--continue",
      // More at once take as long on two cores, and make each test slow.
      "--concurrency=3",
    ],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", FORCE_COLOR: process.stdout.isTTY ? "1" : "0" },
    },
  );
  return status === 0;
}

/** The names of what failed, each with the beginning of what it said, so that the end of a log tells enough. */
function failuresOf(report: Report): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    // A file that breaks before its first test counts as a failure of its own.
    if (status === "failed" && assertionResults.length === 0) return [`${file}\n${excerpt(message)}`];
    return assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => `${file}: ${test.fullName}\n${excerpt(test.failureMessages.join("\n"))}`);
  });
}

function excerpt(text: string): string {
  const lines = text.split("\n").slice(0, 25);
  return lines.map((line) => `      ${line.slice(0, 300)}`).join("\n");
}

function summarise(): { passed: number; failed: number } {
  let passed = 0;
  const failures: string[] = [];
  process.stdout.write("\nTests by package\n");
  const folders = readdirSync(join(root, "packages"))
    .sort()
    .map((name) => join("packages", name));
  for (const folder of [...folders, "conformance", "examples", "benchmarks", "scripts"]) {
    if (!existsSync(join(root, folder, "vitest.config.ts"))) continue;
    const name = basename(folder);
    const file = join(root, folder, ".results/vitest.json");
    if (!existsSync(file)) {
      failures.push(`${folder}: did not run`);
      process.stdout.write(`  ${name.padEnd(16)} did not run\n`);
      continue;
    }
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    const failed = failuresOf(report);
    passed += report.numPassedTests;
    failures.push(...failed);
    const skipped = report.numPendingTests > 0 ? `, ${report.numPendingTests} skipped` : "";
    process.stdout.write(
      `  ${name.padEnd(16)} ${report.numPassedTests} passed, ${failed.length} failed${skipped}\n`,
    );
  }
  for (const failure of failures) process.stdout.write(`\n  ✗ ${failure}\n`);
  return { passed, failed: failures.length };
}

const checks: [title: string, tasks: string[]][] = [
  ["Generated code is what the documents say", ["//#generate:check"]],
  ["Lint and types", ["//#lint:code", "//#lint:openapi", "//#lint:unused", "//#typecheck:all"]],
  ["Build, and check the packages as they would be published", ["build", "check:package"]],
];
const broken = checks.filter(([title, tasks]) => !turbo(title, tasks, "errors-only")).map(([title]) => title);
const testsPassed = turbo("Tests", ["test", "//#test:scripts"], "full");
const { passed, failed } = summarise();
for (const title of broken) process.stdout.write(`\n✗ ${title}: see above\n`);
// A check that fails is a failure of the run, whatever the tests say.
const failures = failed + broken.length + (testsPassed || failed > 0 ? 0 : 1);
process.stdout.write(`\n${passed} passed, ${failures} failed\n`);
process.exitCode = failures === 0 ? 0 : 1;
