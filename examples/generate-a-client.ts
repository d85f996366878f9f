// A client from a document of your own, from code instead of from the command line.
import { generate, writeFiles } from "@hawser/codegen";

const { files, ir, changes } = await generate({ document: "openapi.yaml" });
const written = await writeFiles("client", files);
console.log(
  `${ir.operations.length} operations, ${changes.length} changes by normalisation: wrote ${written.join(", ")}`,
);
