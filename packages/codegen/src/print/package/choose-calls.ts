import type { Helper, IR, Operation } from "../../ir/ir.ts";
import { signatureOf } from "../typescript/signature.ts";
import { type SampleCall, sampleCall, sampleHelperCall } from "./sample-call.ts";

/** The calls that show what a client does, each of its kind the first that is worth showing. */
export interface ShownCalls {
  /** The first call somebody makes. */
  readonly first?: SampleCall;
  /** A short one, to show what is the same for all. */
  readonly brief?: SampleCall;
  readonly stream?: SampleCall;
  readonly pages?: SampleCall;
  readonly helpers: Readonly<Partial<Record<Helper["kind"], { call: SampleCall; helper: Helper }>>>;
}

/** Chooses which calls a README shows. */
export function chooseCalls(ir: IR): ShownCalls {
  const current = ir.operations.filter(({ deprecated }) => !deprecated);
  const operations = current.length > 0 ? current : ir.operations;
  const candidates = operations
    .map((operation, index) => ({ operation, rank: rankOf(operation), index }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ operation }) => operation);
  const first = firstOf(candidates, (operation) => plainCall(ir, operation));
  const needless = candidates.filter((operation) => [1, 2].includes(rankOf(operation)));
  const brief = firstOf(needless, (operation) => plainCall(ir, operation)) ?? first;
  const stream = firstOf(candidates, (operation) => streamCall(ir, operation));
  const pages = firstOf(candidates, (operation) =>
    operation.pages === undefined ? undefined : plainCall(ir, operation),
  );
  return {
    ...(first !== undefined && { first }),
    ...(brief !== undefined && { brief }),
    ...(stream !== undefined && { stream }),
    ...(pages !== undefined && { pages }),
    helpers: chooseHelpers(ir),
  };
}

/** A conversation is what people come for; else something that reads and needs nothing; else what has an example. */
function rankOf(operation: Operation): number {
  const asks = operation.body !== undefined || operation.parameters.some(({ required }) => required);
  if (operation.stream?.dialect !== undefined) return 0;
  if (operation.pages !== undefined && !asks) return 1;
  if (operation.retry === "safe" && !asks) return 2;
  if (operation.examples.length > 0) return 3;
  return operation.retry === "costly" ? 5 : 4;
}

function plainCall(ir: IR, operation: Operation): SampleCall | undefined {
  const overload = signatureOf(ir, operation).overloads.findLast(({ streams }) => !streams);
  return overload && sampleCall(ir, operation, overload);
}

function streamCall(ir: IR, operation: Operation): SampleCall | undefined {
  const overload = signatureOf(ir, operation).overloads.find(({ streams }) => streams);
  return overload && sampleCall(ir, operation, overload);
}

function chooseHelpers(ir: IR): ShownCalls["helpers"] {
  const chosen: Partial<Record<Helper["kind"], { call: SampleCall; helper: Helper }>> = {};
  for (const helper of ir.helpers) {
    if (chosen[helper.kind] !== undefined) continue;
    const call = sampleHelperCall(ir, helper, helper.kind === "waiter" ? watching : undefined);
    if (call !== undefined) chosen[helper.kind] = { call, helper };
  }
  return chosen;
}

const watching = "{ onProgress: ({ state }) => console.log(state) }";

function firstOf<Item, Result>(
  items: readonly Item[],
  find: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
