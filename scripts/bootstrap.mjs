// Installs what the repository needs, if it isn't there yet: the pinned pnpm installs the pinned everything, a Node for
// the tasks included. Plain JavaScript for any Node from 20 on, since it runs before there is anything else.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".hawser-install");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

function end(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** The tasks run on a Node of their own where the registry has one for the platform, else on the one at hand. */
function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const pinned = Object.keys(manifest.optionalDependencies).some(
    (name) => name === `node-${process.platform}-${process.arch}`,
  );
  if (major < 20) end(`Node ${process.versions.node} is too old: Hawser needs Node 20 or newer.`);
  if (!pinned && (major < 22 || (major === 22 && minor < 18))) {
    end(
      `On ${process.platform}-${process.arch} the repository's own tasks need Node 22.18 or newer; this is ${process.versions.node}.`,
    );
  }
}

function manifests() {
  const folders = ["packages", "."].flatMap((parent) =>
    readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
      .map((entry) => join(parent, entry.name, "package.json")),
  );
  const found = folders.filter((path) => existsSync(join(root, path))).sort();
  return ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...found];
}

function fingerprint() {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}\n`);
  for (const path of manifests()) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest("hex");
}

function install() {
  const npm = process.env.npm_execpath;
  const pnpm = manifest.packageManager;
  const words = ["exec", "--yes", `--package=${pnpm}`, "--", "pnpm", "install", "--frozen-lockfile"];
  process.stderr.write(`Installing with ${pnpm} (once, and again when the lockfile changes) …\n`);
  const [command, first] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  const { status, error } = spawnSync(command, [...first, ...words], {
    cwd: root,
    stdio: "inherit",
    shell: command === "npm" && process.platform === "win32",
  });
  if (error) end(`npm could not be started: ${error.message}.`);
  if (status !== 0) end("The installation failed; what pnpm said about it stands above.");
}

checkNode();
const wanted = fingerprint();
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  install();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
