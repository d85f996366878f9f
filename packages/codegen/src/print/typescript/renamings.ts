import type { IR } from "../../ir/ir.ts";
import { joinPointer } from "../../json.ts";
import type { Change } from "../../normalise/report.ts";
import { avoidTakenNames } from "./avoid-taken-names.ts";

const reason = "TypeScript, or what is generated beside it, needs the name itself.";

/** What the printer calls otherwise than the representation does; pointers are into the representation. */
export function renamings(ir: IR): Change[] {
  const printed = avoidTakenNames(ir);
  const change = (pointer: string, before: string, after: string | undefined): Change[] =>
    after === undefined || after === before
      ? []
      : [{ rule: "typescript-names", pointer, before, after, reason }];
  const names = Object.keys(printed.schemas);
  return [
    ...change("#/client/name", ir.client.name, printed.client.name),
    ...ir.operations.flatMap(({ id }, index) =>
      change(`#/operations/${index}/id`, id, printed.operations[index]?.id),
    ),
    ...ir.helpers.flatMap(({ id }, index) => change(`#/helpers/${index}/id`, id, printed.helpers[index]?.id)),
    ...Object.keys(ir.schemas).flatMap((name, index) =>
      change(joinPointer("#/schemas", name), name, names[index]),
    ),
  ];
}
