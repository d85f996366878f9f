import type { Helper, IR } from "../../ir/ir.ts";
import { docComment } from "./doc-comment.ts";
import { helperComment } from "./helper-comment.ts";
import { helperSignatureOf } from "./helper-signature.ts";
import { literal } from "./literal.ts";
import { helperData } from "./operation-data.ts";
import { helperConstant, plainNames, type RuntimeNames } from "./operation-names.ts";
import { methodHead } from "./print-call.ts";

const constants: Record<Helper["kind"], { readonly says: string; readonly type: string }> = {
  waiter: { says: "polls, and what its answers mean", type: " satisfies Waiter" },
  creation: { says: "creates, and what it waits for", type: " satisfies Creation" },
  finder: { says: "looks, and what narrows the list", type: " satisfies Finder" },
  upload: { says: "learns where to send a file", type: " satisfies UploadPlan" },
};

/** Prints a helper for `operations.ts`: its data and its function. */
export function printHelper(ir: IR, helper: Helper, names: RuntimeNames): string {
  const { arguments: given, returns, call } = helperSignatureOf(ir, helper);
  const { says, type } = constants[helper.kind];
  const client = { name: "client", type: "Client", optional: false };
  const start = `export const ${helperConstant(helper)} = `;
  const end = ` as const${type};`;
  const data = literal(helperData(helper), "", start.length + end.length);
  return `${docComment([`How \`${helper.id}\` ${says}.`])}${start}${data}${end}

${helperComment(ir, helper, helper.id, "function")}${methodHead(`export function ${helper.id}`, [client, ...given], returns)} {
${call("client", names, "  ")}
}
`;
}

/** Prints a helper as a method of its resource. */
export function printHelperMethod(ir: IR, helper: Helper, path: readonly string[], client: string): string {
  const { arguments: given, returns, call } = helperSignatureOf(ir, helper);
  return `${helperComment(ir, helper, path.join("."), "method", "  ")}${methodHead(path.at(-1) ?? "", given, returns, "  ")} {
${call(client, plainNames, "    ")}
  }
`;
}
