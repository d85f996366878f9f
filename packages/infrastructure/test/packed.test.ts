import type { MockServer } from "@hawser/mock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPacked, type PackedProject } from "../../../scripts/testing/install-packed.ts";
import { startInfrastructure } from "./mock.ts";

let project: PackedProject;
let server: MockServer;

beforeAll(async () => {
  server = await startInfrastructure();
  project = await installPacked(["streaming", "runtime", "infrastructure"]);
}, 60_000);

afterAll(async () => {
  await server.close();
  await project[Symbol.asyncDispose]();
});

const program = `
const client = new RuncrateInfrastructure({ apiKey: "rc_live_test" });
const instance = await client.instances.createAndWait(
  { name: "trainer-1", gpu_type: "A100" },
  { delay: { minimum: 1, maximum: 5 }, maxCostPerHour: 5 },
);
let amount = 0;
for await (const transaction of client.billing.transactions.list()) amount += transaction.amount;
console.log(instance.status, amount.toFixed(2));
const error = await client.instances.retrieve("gone", { headers: { prefer: "code=404" } }).catch((reason) => reason);
console.log(error instanceof NotFoundError);
`;

async function runProgram(name: string, text: string): Promise<string> {
  server.useScene("instanceLives");
  return await project.runProgram(name, text, { RUNCRATE_INFRASTRUCTURE_BASE_URL: server.url });
}

test("the packed package creates an instance and lists transactions as an ES module", async () => {
  const printed = await runProgram(
    "esm.mjs",
    `import { NotFoundError, RuncrateInfrastructure } from "@hawser/infrastructure/runcrate";\n${program}`,
  );
  expect(printed).toBe("running 180.52\ntrue\n");
});

test("the packed package does the same as CommonJS", async () => {
  const printed = await runProgram(
    "cjs.cjs",
    `const { NotFoundError, RuncrateInfrastructure } = require("@hawser/infrastructure/runcrate");\n(async () => {${program}})();`,
  );
  expect(printed).toBe("running 180.52\ntrue\n");
});

test("the flat functions are an entry point of their own", async () => {
  const printed = await runProgram(
    "flat.mjs",
    `import { createClient, waitUntilInstanceRunning } from "@hawser/infrastructure/runcrate/operations";
const client = createClient({ apiKey: "rc_live_test" });
console.log((await waitUntilInstanceRunning(client, "ins_1", { delay: { minimum: 1, maximum: 5 } })).status);`,
  );
  expect(printed).toBe("running\n");
});
