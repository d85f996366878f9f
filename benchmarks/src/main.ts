import { parseArgs } from "node:util";
import { measureEditor } from "./editor/measure-editor.ts";
import { measureGeneration } from "./generation/measure-generation.ts";
import { formatTable, type Part, writeResults } from "./report.ts";
import { measureSize } from "./size/measure-size.ts";
import { measureStreams } from "./streams/measure-streams.ts";
import { measureTools } from "./tools/measure-tools.ts";
import { measureTransport } from "./transport/measure-transport.ts";

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  streams: measureStreams,
  transport: measureTransport,
  generation: measureGeneration,
  editor: measureEditor,
  tools: measureTools,
  size: measureSize,
};

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no part ${unknown.join(", ")}; the parts are ${Object.keys(parts).join(", ")}.\n`,
  );
  process.exit(2);
}

const results: Part[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stdout.write(`Measuring ${name} …\n`);
  results.push(await run());
}
for (const { caption, header, rows } of results) {
  process.stdout.write(`\n${caption}\n\n${formatTable(header, rows)}\n`);
}
process.stdout.write(`\nAll figures: benchmarks/${await writeResults(results)}\n`);
