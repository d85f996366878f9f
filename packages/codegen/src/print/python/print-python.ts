import type { IR } from "../../ir/ir.ts";
import type { GeneratedFile } from "../typescript/print-typescript.ts";
import { printClient } from "./print-client.ts";
import { banner, printModels } from "./print-models.ts";
import { Types } from "./types.ts";

/**
 * Prints a Python package from the intermediate representation alone: `models.py` (what goes over the wire),
 * `client.py` (a protocol for each resource, its methods typed and without bodies), and `py.typed` (PEP 561). Whoever
 * writes a client for Python fulfils the protocols; whoever calls it is typed by them.
 */
export function printPython(ir: IR): GeneratedFile[] {
  const types = new Types(ir);
  // The client first: it needs classes for what has no schema of its own.
  const client = printClient(ir, types);
  const init = [...banner(ir, "Types"), "from .client import *", "from .models import *", ""].join("\n");
  return [
    { path: "__init__.py", content: init },
    { path: "client.py", content: client },
    { path: "models.py", content: printModels(ir, types) },
    { path: "py.typed", content: "" },
  ];
}
