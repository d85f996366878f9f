// `npm run runtimes`: the packages as they would be published, in the runtimes people run them in. Takes the steps of
// examples/runtimes/smoke.ts in each, against servers of this process, and tells how many went well.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { build } from "vite";
import type { Endpoints, Outcome } from "../examples/runtimes/smoke.ts";
import { serve } from "./testing/smoke-servers.ts";
import { takeInBrowser } from "./testing/take-in-browser.ts";

/** The versions that are tried, as packages of the registry. */
const versions = { bun: "1.4.5", deno: "2.9.6", workerd: "1.20261117.1", "@sparticuz/chromium": "153.0.0" };
const packages = ["streaming", "runtime", "inference", "infrastructure", "tools"];
const run = promisify(execFile);
const root = join(import.meta.dirname, "..");
const programs = join(root, "examples/runtimes");
/** A runtime that hangs is given up after so many milliseconds. */
const patience = 60_000;

interface Runtime {
  readonly name: string;
  take(endpoints: Endpoints): Promise<readonly Outcome[]>;
}

const folder = await mkdtemp(join(tmpdir(), "hawser-runtimes-"));
try {
  process.exitCode = (await tryAll(await prepare())) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function tryAll(runtimes: readonly Runtime[]): Promise<boolean> {
  let isWell = true;
  for (const { name, take } of runtimes) {
    await using servers = await serve();
    const outcomes = await take(servers.endpoints).catch((error: unknown) => [
      { step: "the start", problem: String(error) },
    ]);
    const failed = outcomes.filter(({ problem }) => problem !== undefined);
    isWell &&= failed.length === 0;
    console.log(`${name.padEnd(44)} ${outcomes.length - failed.length} of ${outcomes.length} steps`);
    for (const { step, problem } of failed) console.log(`  ${step}: ${problem}`);
  }
  return isWell;
}

/** Packs, installs and bundles. */
async function prepare(): Promise<Runtime[]> {
  await run(process.execPath, [join(root, "node_modules/turbo/bin/turbo"), "run", "build"], { cwd: root });
  const pnpm = join(root, "node_modules/pnpm/bin/pnpm.cjs");
  for (const name of packages) {
    await run(process.execPath, [pnpm, "pack", "--pack-destination", folder], {
      cwd: join(root, "packages", name),
    });
  }
  const packed = (await readdir(folder)).filter((name) => name.endsWith(".tgz")).map((name) => `./${name}`);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const registry = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  // The packages' scripts would put the binaries in place, or fetch them from elsewhere; they are found without.
  const words = ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packed, ...registry];
  await run("npm", words, { cwd: folder, shell: process.platform === "win32" });
  for (const name of ["main", "page", "smoke", "worker"]) {
    const text = await readFile(join(programs, `${name}.ts`), "utf8");
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    await writeFile(join(folder, `${name}.mjs`), outputText.replaceAll('"./smoke.ts"', '"./smoke.mjs"'));
  }
  const bun = binaryOf("bun", /^@oven\/bun-/, "bin/bun");
  const deno = binaryOf("deno", /^@deno\//, "deno");
  const workerd = binaryOf("workerd", /^@cloudflare\/workerd-/, "bin/workerd");
  const system = await systemNode();
  return [
    { name: `Node.js ${process.version}`, take: program(process.execPath, []) },
    ...(system === undefined ? [] : [{ name: `Node.js ${system.version}`, take: program(system.path, []) }]),
    { name: `Bun ${versions.bun}`, take: program(await bun, ["run"]) },
    // With the network alone: nothing is read of the machine.
    { name: `Deno ${versions.deno}`, take: program(await deno, ["run", "--no-prompt", "--allow-net"]) },
    {
      name: `workerd ${versions.workerd}`,
      take: await worker(await workerd, ["workerd", "worker", "import"]),
    },
    ...(await browsers()),
  ];
}

/** Chromium, where there is a package with one. */
async function browsers(): Promise<Runtime[]> {
  if (process.platform !== "linux" || process.arch !== "x64") return [];
  const page = await bundle("page", ["browser", "import"]);
  return [
    {
      name: `Chromium ${versions["@sparticuz/chromium"]}`,
      take: (endpoints) => takeInBrowser(folder, page, endpoints, patience),
    },
  ];
}

/** The Node.js of the machine, when it isn't the one that runs this. */
async function systemNode(): Promise<{ path: string; version: string } | undefined> {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((one) => !one.includes("node_modules"));
  const options = { env: { ...process.env, PATH: folders.join(delimiter) } };
  const words = ["-p", "JSON.stringify({ path: process.execPath, version: process.version })"];
  const found = await run("node", words, options).catch(() => undefined);
  const system = found && (JSON.parse(found.stdout) as { path: string; version: string });
  return system?.version === process.version ? undefined : system;
}

/** The binary that a package of the registry brings for this machine, in one of its optional dependencies. */
async function binaryOf(name: string, pattern: RegExp, path: string): Promise<string> {
  const require = createRequire(join(folder, "package.json"));
  const manifest = JSON.parse(await readFile(require.resolve(`${name}/package.json`), "utf8")) as {
    optionalDependencies?: Record<string, string>;
  };
  const suffix = process.platform === "win32" ? ".exe" : "";
  for (const dependency of Object.keys(manifest.optionalDependencies ?? {})) {
    if (!pattern.test(dependency)) continue;
    const binary = join(folder, "node_modules", dependency, path + suffix);
    const works = await run(binary, ["--version"]).then(
      () => true,
      () => false,
    );
    if (works) return binary;
  }
  throw new Error(`There is no ${name} for ${process.platform} on ${process.arch}.`);
}

/** Takes the steps in a runtime that runs a file, and prints what came of them. */
function program(binary: string, words: readonly string[]): Runtime["take"] {
  return async (endpoints) => {
    const options = { cwd: folder, timeout: patience, maxBuffer: 2 ** 24 };
    const { stdout } = await run(binary, [...words, "main.mjs", JSON.stringify(endpoints)], options);
    return JSON.parse(stdout) as Outcome[];
  };
}

/** Takes the steps in workerd, from a bundle with nothing of Node.js in it. */
async function worker(workerd: string, conditions: string[]): Promise<Runtime["take"]> {
  await bundle("worker", conditions);
  const config = join(folder, "worker.capnp");
  await writeFile(config, configuration("bundles/worker.js"));
  return async (endpoints) => {
    const server = spawn(workerd, ["serve", config, "--control-fd=1"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const url = new URL(`http://127.0.0.1:${await portOf(server)}`);
      url.searchParams.set("endpoints", JSON.stringify(endpoints));
      const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as Outcome[];
    } finally {
      server.kill();
    }
  };
}

/** One file of a program and all it imports, as a runtime of these conditions gets it. */
async function bundle(name: string, conditions: string[]): Promise<string> {
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    resolve: { conditions },
    build: {
      outDir: "bundles",
      emptyOutDir: false,
      target: "es2022",
      minify: false,
      lib: { entry: join(folder, `${name}.mjs`), formats: ["es"], fileName: () => `${name}.js` },
    },
  });
  return join(folder, "bundles", `${name}.js`);
}

/** One worker, which may talk to this machine. */
function configuration(path: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "${path}")],
      compatibilityDate = "2026-01-01",
      globalOutbound = "network",
    )),
    (name = "network", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

/** The port on which workerd says it listens. */
async function portOf(server: ChildProcess): Promise<number> {
  let text = "";
  for await (const chunk of server.stdout ?? []) {
    text += String(chunk);
    const [, port] = /"port":\s*(\d+)/.exec(text) ?? [];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`workerd ended before it listened: ${text}`);
}
