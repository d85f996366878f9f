// What a user does: the packed command in an empty folder, a document, a client, a call.
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createMockServer, type MockServer } from "@hawser/mock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPacked, type PackedProject } from "../../../scripts/testing/install-packed.ts";

const yaml = `openapi: 3.1.0
info: { title: Harbour, version: 1.2.3 }
servers: [{ url: https://harbour.example/v1 }]
security: [{ key: [] }]
x-hawser-client: { name: Harbour, environment: { apiKey: HARBOUR_API_KEY, baseURL: HARBOUR_BASE_URL } }
paths:
  /ships:
    get:
      operationId: listShips
      responses:
        "200":
          description: OK
          content:
            application/json: { schema: { $ref: "#/components/schemas/Fleet" }, example: { ships: [{ name: Ann }] } }
  /log:
    get:
      operationId: followLog
      x-hawser-method: log.follow
      responses:
        "200":
          description: OK
          content:
            text/event-stream:
              schema: { $ref: "#/components/schemas/Ship" }
              example: "data: {\\"name\\":\\"Ben\\"}\\n\\ndata: {\\"name\\":\\"Cleo\\"}\\n\\n"
components:
  securitySchemes: { key: { type: http, scheme: bearer } }
  schemas:
    Fleet: { type: object, required: [ships], properties: { ships: { type: array, items: { $ref: "#/components/schemas/Ship" } } } }
    Ship: { type: object, required: [name], properties: { name: { type: string } } }
`;

let project: PackedProject;
let server: MockServer;

beforeAll(async () => {
  project = await installPacked(["streaming", "runtime", "infrastructure", "codegen", "mock", "cli"]);
  await writeFile(join(project.folder, "openapi.yaml"), yaml);
  server = await createMockServer({ document: join(project.folder, "openapi.yaml") });
}, 120_000);

afterAll(async () => {
  await server.close();
  await project[Symbol.asyncDispose]();
});

const run = promisify(execFile);
/** Compilers take their time on a busy machine. */
const slow = { timeout: 90_000 };
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const hawser = (...argv: string[]) =>
  run(process.execPath, [join(project.folder, "node_modules/@hawser/cli/bin/hawser.js"), ...argv], {
    cwd: project.folder,
  });

const calls = `
const harbour = new Harbour();
console.log((await harbour.ships.list()).ships[0].name);
for await (const ship of await harbour.log.follow()) console.log(ship.name);
`;

/** Builds a generated package as its own script does, puts it where a user would have installed it, and calls it. */
async function buildAndCall(folder: string, name: string): Promise<string> {
  const path = join(project.folder, folder);
  await run(process.execPath, [compiler], { cwd: path });
  const { files } = JSON.parse(await readFile(join(path, "package.json"), "utf8")) as { files: string[] };
  for (const part of [...files, "package.json"])
    await cp(join(path, part), join(project.folder, "node_modules", name, part), { recursive: true });
  return project.runProgram(`${folder}.mjs`, `import { Harbour } from "${name}";\n${calls}`, {
    HARBOUR_API_KEY: "any",
    HARBOUR_BASE_URL: server.url,
  });
}

test(
  "the packed command writes a package that is built by its own settings and called as an ES module",
  slow,
  async () => {
    await hawser("generate", "openapi.yaml", "--out", "plain", "--package", "@acme/harbour", "--validate");
    const manifest = JSON.parse(await readFile(join(project.folder, "plain/package.json"), "utf8"));
    const runtime = JSON.parse(
      await readFile(join(project.folder, "node_modules/@hawser/runtime/package.json"), "utf8"),
    );
    expect(manifest).toMatchObject({
      name: "@acme/harbour",
      version: "1.2.3",
      dependencies: { "@hawser/runtime": `^${runtime.version}` },
    });
    expect(await buildAndCall("plain", "@acme/harbour")).toBe("Ann\nBen\nCleo\n");
    const program = `import { fleetSchema } from "@acme/harbour/validation";
console.log(JSON.stringify(fleetSchema["~standard"].validate({ ships: [{}] }).issues));`;
    expect(JSON.parse(await project.runProgram("checked.mjs", program, {}))).toEqual([
      { message: 'Its member "name" is missing.', path: ["ships", 0] },
    ]);
    const publint = join(import.meta.dirname, "../../../node_modules/publint/src/cli.js");
    const said = await run(process.execPath, [publint, "run", join(project.folder, "plain"), "--strict"]);
    expect(said.stdout).toContain("All good!");
  },
);

test(
  "with the runtime copied in, the package is built and called where no runtime is installed",
  slow,
  async () => {
    await hawser("generate", "openapi.yaml", "--out", "whole", "--package", "harbour-whole", "--vendor");
    await hawser(
      "generate",
      "openapi.yaml",
      "--out",
      "whole",
      "--package",
      "harbour-whole",
      "--vendor",
      "--check",
    );
    const text = await readFile(join(project.folder, "whole/package.json"), "utf8");
    expect(Object.keys(JSON.parse(text).dependencies)).toEqual(["openapi-fetch"]);
    // A folder of its own, so that nothing is found in the one above.
    const alone = await realpath(await mkdtemp(join(tmpdir(), "hawser-alone-")));
    try {
      const modules = join(alone, "node_modules");
      await cp(join(project.folder, "whole"), join(modules, "harbour-whole"), { recursive: true });
      const fetchClient = await realpath(join(project.folder, "node_modules/openapi-fetch"));
      await symlink(fetchClient, join(modules, "openapi-fetch"));
      await run(process.execPath, [compiler, "--project", join(modules, "harbour-whole")]);
      await writeFile(join(alone, "program.mjs"), `import { Harbour } from "harbour-whole";\n${calls}`);
      const env = { ...process.env, HARBOUR_API_KEY: "any", HARBOUR_BASE_URL: server.url };
      const { stdout } = await run(process.execPath, ["program.mjs"], { cwd: alone, env });
      expect(stdout).toBe("Ann\nBen\nCleo\n");
    } finally {
      await rm(alone, { recursive: true });
    }
  },
);

test("a copied file that was changed fails the check", slow, async () => {
  await hawser("generate", "openapi.yaml", "--out", "copied", "--vendor");
  const file = join(project.folder, "copied/runtime/client.ts");
  await writeFile(file, `${await readFile(file, "utf8")}// mine\n`);
  await expect(
    hawser("generate", "openapi.yaml", "--out", "copied", "--vendor", "--check"),
  ).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("copied/runtime/client.ts is not what openapi.yaml says."),
  });
});

test("the declarations of the packages ask for no types of Node's", slow, async () => {
  const modules = [
    "streaming",
    "runtime",
    "runtime/node",
    "infrastructure/runcrate",
    "codegen",
    "mock",
    "cli",
  ];
  const imports = modules.map((name, at) => `export * as module${at} from "@hawser/${name}";\n`);
  await writeFile(join(project.folder, "declarations.mts"), imports.join(""));
  const compilerOptions = {
    types: [],
    strict: true,
    noEmit: true,
    target: "es2022",
    module: "nodenext",
    lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable", "esnext.disposable"],
  };
  const settings = join(project.folder, "declarations.json");
  await writeFile(settings, JSON.stringify({ compilerOptions, files: ["declarations.mts"] }));
  const { stdout } = await run(process.execPath, [compiler, "-p", settings]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
});
