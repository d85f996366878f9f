// Runs the suite against a testee: node src/main.ts [--known-failures FILE] -- COMMAND [ARGUMENT…]
import { parseArgs } from "node:util";
import { readKnownFailures } from "./known-failures.ts";
import { runVector } from "./run-vector.ts";
import { startTestee } from "./testee.ts";
import { readVectorFiles } from "./vector.ts";

const { values, positionals } = parseArgs({
  options: { "known-failures": { type: "string" } },
  allowPositionals: true,
});
const [command, ...args] = positionals;
if (command === undefined) {
  console.error("Which testee? node src/main.ts [--known-failures FILE] -- COMMAND [ARGUMENT…]");
  process.exit(2);
}

const list = values["known-failures"];
const known = list === undefined ? {} : readKnownFailures(list);
const testee = startTestee(command, args, process.cwd());
const vectors = readVectorFiles().flatMap(([, { vectors }]) => vectors);
let failed = 0;
for (const vector of vectors) {
  const problems = await runVector(testee, vector);
  const isKnown = Object.hasOwn(known, vector.id);
  if (problems.length > 0 === isKnown) continue;
  failed += 1;
  console.log(`✗ ${vector.id}: ${vector.title}`);
  if (isKnown) console.log("  passes, but is on the list of known failures");
  for (const problem of problems.slice(0, 3)) console.log(`  ${problem}`);
  if (problems.length > 3) console.log(`  and ${problems.length - 3} more`);
}
await testee.close();
const expectedToFail = vectors.filter(({ id }) => Object.hasOwn(known, id)).length;
console.log(`${vectors.length} vectors, ${failed} not as expected, ${expectedToFail} known failures`);
process.exitCode = failed === 0 ? 0 : 1;
