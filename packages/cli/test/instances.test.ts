import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { answering, askedFor, hawser, serveInfrastructure } from "./hawser.ts";

const server = await serveInfrastructure();

const asked = () => askedFor(server);
const create = ["instances", "create", "trainer-1", "--gpu-type", "A100", "--poll-interval", "0.005"];

describe("lists", () => {
  test("are tables with aligned columns, without colours in a pipe", async () => {
    const { code, out } = await hawser(server, ["instances", "list"]);
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      "ID              NAME        STATUS        GPU           REGION      IP            CREDITS/H  CREATED",
      "ins_3f9c1a7be2  trainer-1   running       1 × A100      us-east-1   203.0.113.24       1.89  2026-03-02 09:14Z",
      "ins_90be27d4c1  trainer-10  provisioning  8 × h100-sxm  eu-north-1  –                 22.32  2026-03-02 10:02Z",
      "ins_5512f0a6d8  notebook    failed        1 × RTX 4090  us-west-2   –                  0.44  2026-03-01 17:40Z",
    ]);
  });

  test("fit into the terminal, without the columns that matter least", async () => {
    const { out } = await hawser(server, ["instances", "list"], { width: 80 });
    expect(out.split("\n").slice(0, 2)).toEqual([
      "ID              NAME        STATUS        GPU           IP            CREDITS/H",
      "ins_3f9c1a7be2  trainer-1   running       1 × A100      203.0.113.24       1.89",
    ]);
  });

  test("are JSON for programs", async () => {
    const { out } = await hawser(server, ["instances", "types", "--gpu-type", "A100", "--json"]);
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ id: "bold-tesla-a100-fa6f" }));
    expect(server.requests[0]?.query.get("gpu_type")).toBe("A100");
  });

  test("of an environment name it, by the option or by the environment variable", async () => {
    await hawser(server, ["instances", "list", "--environment", "staging", "--search", "train"]);
    await hawser(server, ["instances", "list"], { env: { RUNCRATE_ENVIRONMENT: "preview" } });
    expect(server.requests.map(({ query }) => query.get("environment"))).toEqual(["staging", "preview"]);
    expect(server.requests[0]?.query.get("search")).toBe("train");
  });

  test("have bold headings on a terminal", async () => {
    expect((await hawser(server, ["instances", "list"], { colours: true })).out).toContain("\u001b[1mID");
  });
});

test("get shows one instance, and tells of one that isn't there", async () => {
  expect((await hawser(server, ["instances", "get", "ins_3f9c1a7be2"])).out).toMatch(
    /^ip +203\.0\.113\.24$/m,
  );
  const empty = await hawser(server, ["instances", "get", ""]);
  expect(empty).toMatchObject({ code: 2, error: expect.stringContaining("argument 'id'") });
  server.useScene({ retrieveInstance: ["instanceNotFound"] });
  const { code, out, error } = await hawser(server, ["instances", "get", "ins_unknown"]);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(error).toMatch(/Instance not found\. \(not_found\)$/);
});

describe("create", () => {
  test("waits until the instance runs, with a line per change in a pipe", async () => {
    server.useScene("instanceRuns");
    const { code, out, error } = await hawser(server, create);
    expect(code).toBe(0);
    expect(error.split("\n")).toEqual([
      "trainer-1: creating",
      "trainer-1: deploying",
      "trainer-1: provisioning",
      "trainer-1: running",
      "✓ trainer-1 runs",
    ]);
    expect(out).toMatch(/^status +running$/m);
  });

  test("shows one line that changes on a terminal", async () => {
    server.useScene("instanceRuns");
    const terminal = answering(true);
    const { error } = await hawser(server, create, { terminal });
    expect(error).toBe("");
    expect(terminal.shown[0]).toMatch(/^trainer-1: creating, \d+ s$/);
    expect(terminal.shown.at(-1)).toBe("done: trainer-1 runs");
  });

  test("sends every option to its place", async () => {
    server.useScene("instanceRuns");
    const folder = await mkdtemp(join(tmpdir(), "hawser-launch-"));
    await writeFile(join(folder, "launch.sh"), "echo moored\n");
    const words = [
      ...["instances", "create", "trainer-1", "--type", "bold-tesla-a100-fa6f", "--ssh-key", "key_1"],
      ...["--region", "us-east-1", "--gpu-count", "2", "--cpu-cores", "4", "--memory", "8", "--disk", "16"],
      ...["--template", "ubuntu-train", "--volume", "vol_1", "--launch-script", "launch.sh"],
      ...["--env", "MODE=a=b", "--env", "HF_TOKEN", "--startup-command", "one", "--startup-command", "two"],
      ...["--no-wait", "--json"],
    ];
    const { code, out } = await hawser(server, words, { cwd: folder, env: { HF_TOKEN: "hf_1" } });
    await rm(folder, { recursive: true });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ status: "deploying" });
    expect(asked()).toEqual(["createInstance"]);
    expect(server.requests[0]?.json).toEqual({
      name: "trainer-1",
      instance_type_id: "bold-tesla-a100-fa6f",
      ssh_key_id: "key_1",
      region: "us-east-1",
      gpu_count: 2,
      cpu_cores: 4,
      memory: 8,
      storage: 16,
      template: "ubuntu-train",
      storage_id: "vol_1",
      launch_script: "echo moored\n",
      env_vars: [
        { key: "MODE", value: "a=b" },
        { key: "HF_TOKEN", value: "hf_1" },
      ],
      startup_commands: ["one", "two"],
    });
  });

  test("sends nothing in a dry run, and shows neither key nor secrets", async () => {
    const words = [...create, "--env", "HF_TOKEN=hf_secret", "--dry-run"];
    const { code, out } = await hawser(server, words);
    expect(code).toBe(0);
    expect(out).toContain(`POST ${server.url}/instances`);
    const json = await hawser(server, [...words, "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({ method: "POST", body: { name: "trainer-1" } });
    expect(out + json.out).not.toMatch(/hf_secret|rc_live_test/);
    expect(server.requests).toEqual([]);
  });

  test("tells what is left of an instance that fails, with an exit code of its own", async () => {
    server.useScene("instanceFails");
    const { code, error } = await hawser(server, create);
    expect(code).toBe(3);
    expect(error).toContain("✗ trainer-1 is not ready");
    expect(error).toContain(
      "ins_3f9c1a7be2 was created and is still there.\nIt may be charged. To remove it: hawser instances terminate ins_3f9c1a7be2",
    );
  });

  test("terminates an instance that fails when told to, and leaves nothing", async () => {
    server.useScene("instanceFails");
    const { code, error } = await hawser(server, [...create, "--terminate-on-failure"]);
    expect(code).toBe(1);
    expect(error).toContain("removed again");
    expect(asked()).toContain("terminateInstance");
  });

  test("creates nothing above the price it is given", async () => {
    const { code, error } = await hawser(server, [...create, "--max-cost-per-hour", "1.5"]);
    expect(code).toBe(1);
    expect(error.split("\n")).toEqual([
      "trainer-1: looking at its price",
      "✗ trainer-1 was not created",
      "Nothing was created: what fits costs 1.89 credits per hour at the least, above the limit of 1.5.",
    ]);
    expect(asked()).toEqual(["listInstanceTypes"]);
  });

  test("has an exit code of its own for a creation nobody knows the outcome of", async () => {
    server.useScene({ createInstance: [{ example: "deploying", cut: 20 }] });
    const { code, error } = await hawser(server, create);
    expect(code).toBe(4);
    expect(error).toContain("✗ whether trainer-1 was created is unknown");
    expect(error).toContain(
      'Look for it with "hawser instances list", and end it with "hawser instances terminate ID"',
    );
    expect(asked()).toEqual(["createInstance"]);
  });

  test("tells that a machine is out of stock, and that credits are missing", async () => {
    server.useScene("outOfStock");
    expect((await hawser(server, create)).error).toContain("no longer available");
    server.useScene({ createInstance: [{ status: 402 }] });
    const { code, error } = await hawser(server, create);
    expect(code).toBe(1);
    expect(error).toContain("hawser billing balance");
  });

  test.each([
    ["no machine", ["instances", "create", "a"], /--gpu-type or --type/],
    ["an empty name", ["instances", "create", "", "--gpu-type", "A100"], /It can't be empty/],
    ["no name", ["instances", "create", "--gpu-type", "A100"], /missing required argument 'name'/],
    ["no GPUs", [...create, "--gpu-count", "0"], /whole number of at least 1/],
    ["a price that is none", [...create, "--max-cost-per-hour", "cheap"], /number above 0/],
    ["a variable without a name", [...create, "--env", "=x"], /KEY=VALUE/],
    ["a variable that isn't set here", [...create, "--env", "NO_SUCH_VARIABLE"], /NO_SUCH_VARIABLE/],
    ["a limit without the wait", [...create, "--no-wait", "--max-cost-per-hour", "2"], /--no-wait/],
  ])("is a mistake of the command line with %s", async (_what, words, message) => {
    const { code, error } = await hawser(server, words);
    expect(code).toBe(2);
    expect(error).toMatch(message);
    expect(server.requests).toEqual([]);
  });
});

describe("terminate", () => {
  const terminate = ["instances", "terminate", "ins_3f9c1a7be2"];

  test("asks, with the name of the instance, and does nothing on a no", async () => {
    const terminal = answering(false);
    const { code, error } = await hawser(server, terminate, { terminal });
    expect(terminal.shown).toEqual([
      "Terminate the instance trainer-1 (ins_3f9c1a7be2, running)? Everything on its disk is lost.",
    ]);
    expect({ code, error }).toEqual({ code: 1, error: "Nothing was done." });
    expect(asked()).toEqual(["retrieveInstance"]);
  });

  test("is stopped when the question is left", async () => {
    const { code, error } = await hawser(server, terminate, { terminal: answering(undefined) });
    expect({ code, error }).toEqual({ code: 130, error: "Nothing was done." });
    expect(asked()).not.toContain("terminateInstance");
  });

  test("terminates on a yes, and without asking with --yes", async () => {
    expect((await hawser(server, terminate, { terminal: answering(true) })).code).toBe(0);
    server.reset();
    const { code, out } = await hawser(server, [...terminate, "--yes"]);
    expect({ code, out }).toEqual({ code: 0, out: "ins_3f9c1a7be2 is terminating." });
    expect(asked()).toEqual(["terminateInstance"]);
  });

  test("refuses in a pipe without --yes", async () => {
    const { code, error } = await hawser(server, terminate);
    expect(code).toBe(2);
    expect(error).toContain("--yes");
    expect(asked()).not.toContain("terminateInstance");
  });

  test("waits until it is gone when told to", async () => {
    server.useScene("instanceTerminates");
    const words = [...terminate, "--yes", "--wait", "--poll-interval", "0.005", "--json"];
    const { code, out } = await hawser(server, words);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ id: "ins_3f9c1a7be2", status: "terminated" });
  });

  test("tells of an instance that isn't there before it asks", async () => {
    server.useScene({ retrieveInstance: ["instanceNotFound"] });
    const terminal = answering(true);
    const { code, error } = await hawser(server, terminate, { terminal });
    expect(code).toBe(1);
    expect(error).toContain("Instance not found.");
    expect(terminal.shown).toEqual([]);
  });
});
