import type { Part } from "../report.ts";
import { bundleSize } from "./bundle-size.ts";
import { modules } from "./modules.ts";

function format(bytes: number): string {
  return bytes.toLocaleString("en");
}

/** How much code it takes to read a chat, to ask for one, and to run its tools. */
export async function measureSize(): Promise<Part> {
  const sizes = await Promise.all(modules.map(({ source }) => bundleSize(source)));
  return {
    name: "size",
    caption: "Size: programs of a chat, each with all it needs, bundled for browsers and minified, in bytes.",
    header: ["what it uses", "minified", "gzip"],
    rows: modules.map(({ name }, at) => [name, format(sizes[at]!.minified), format(sizes[at]!.gzip)]),
    workloads: [],
  };
}
