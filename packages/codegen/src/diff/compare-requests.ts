import type { Parameter } from "../ir/ir.ts";
import { isObject, type Json, joinPointer } from "../json.ts";
import type { OperationPair } from "./compare-operations.ts";
import { compareSchemas } from "./compare-schemas.ts";
import { compareWords } from "./compare-values.ts";
import { type Comparison, effect, same } from "./comparison.ts";
import { reporter, type Subject } from "./subject.ts";

/** Compares what an operation takes: path parameters, which stand one by one; the others; the body. */
export function compareRequests(comparison: Comparison, pair: OperationPair): void {
  comparePath(comparison, pair);
  compareParameters(comparison, pair);
  compareBodies(comparison, pair);
}

function comparePath(comparison: Comparison, pair: OperationPair): void {
  const [old, next] = [pathParameters(pair.old.parameters), pathParameters(pair.new.parameters)];
  const report = reporter(comparison, subjectOf(pair, pair.call));
  if (old.length !== next.length) {
    const message = `\`${pair.call}\` takes ${counted(next)} now, and took ${counted(old)}.`;
    report("path-parameters", effect("changed", "request"), joinPointer(pair.pointer, "parameters"), message);
    return;
  }
  const names = (parameters: readonly Parameter[]) => parameters.map(({ name }) => name);
  if (!same(names(old), names(next)) && same(names(old).sort(), names(next).sort())) {
    const message = `\`${pair.call}\` takes ${counted(next)} now, in that order, and took ${counted(old)}.`;
    report("path-parameters", effect("changed", "request"), joinPointer(pair.pointer, "parameters"), message);
    return;
  }
  for (const [index, parameter] of old.entries()) {
    const now = next[index];
    if (now !== undefined) compareParameter(comparison, pair, parameter, now);
  }
}

function pathParameters(parameters: readonly Parameter[]): Parameter[] {
  return parameters.filter((parameter) => parameter.in === "path" && parameter.constant === undefined);
}

function counted(parameters: readonly Parameter[]): string {
  return parameters.length === 0
    ? "nothing in its path"
    : parameters.map(({ name }) => `\`${name}\``).join(", ");
}

function compareParameters(comparison: Comparison, pair: OperationPair): void {
  const [old, next] = [others(pair.old.parameters), others(pair.new.parameters)];
  const report = reporter(comparison, subjectOf(pair, pair.call));
  for (const [name, parameter] of old) {
    const now = next.get(name);
    if (now !== undefined) {
      compareParameter(comparison, pair, parameter, now);
      continue;
    }
    const pointer = parameterPointer(pair, parameter, "old");
    report(
      "parameter-removed",
      effect("changed", "request"),
      pointer,
      `\`${pair.call}\` no longer takes the parameter \`${name}\`.`,
    );
  }
  for (const [name, parameter] of next) {
    if (old.has(name)) continue;
    const pointer = parameterPointer(pair, parameter, "new");
    if (isNeeded(parameter))
      report(
        "parameter-added",
        effect("narrowed", "request"),
        pointer,
        `\`${pair.call}\` has to be given the new parameter \`${name}\`.`,
      );
    else
      report(
        "parameter-added",
        effect("widened", "request"),
        pointer,
        `\`${pair.call}\` takes the new parameter \`${name}\`.`,
      );
  }
}

/** Query, header and cookie parameters that a call gives: they stand in one object by their names. */
function others(parameters: readonly Parameter[]): Map<string, Parameter> {
  const asked = parameters.filter((parameter) => parameter.in !== "path" && parameter.constant === undefined);
  return new Map(asked.map((parameter) => [parameter.name, parameter]));
}

function isNeeded({ required, option, schema }: Parameter): boolean {
  return required && option === undefined && !(isObject(schema) && schema.default !== undefined);
}

function parameterPointer(
  { old, new: next, oldPointer, pointer }: OperationPair,
  parameter: Parameter,
  side: "old" | "new",
): string {
  const [operation, base] = side === "old" ? [old, oldPointer] : [next, pointer];
  return joinPointer(base, "parameters", operation.parameters.indexOf(parameter));
}

function compareParameter(
  comparison: Comparison,
  pair: OperationPair,
  old: Parameter,
  next: Parameter,
): void {
  const subject = subjectOf(pair, `the parameter \`${next.name}\` of \`${pair.call}\``);
  const report = reporter(comparison, subject);
  const pointer = parameterPointer(pair, next, "new");
  if (isNeeded(old) !== isNeeded(next)) {
    const [rule, message] = isNeeded(next)
      ? ["parameter-required", `${subject.label} has to be given now.`]
      : ["parameter-optional", `${subject.label} can be left out now.`];
    report(rule, effect(isNeeded(next) ? "narrowed" : "widened", "request"), pointer, message);
  }
  if (!same(wireForm(old), wireForm(next)))
    report(
      "parameter-form",
      { level: "minor", breaks: [] },
      pointer,
      `${subject.label} is sent in another way.`,
    );
  compareWords(comparison, wordsOf(old), wordsOf(next), pointer, subject);
  compareSchemas(
    comparison,
    { schema: old.schema, pointer: joinPointer(parameterPointer(pair, old, "old"), "schema") },
    { schema: next.schema, pointer: joinPointer(pointer, "schema") },
    subject,
  );
}

function wireForm({ in: place, style, explode, allowReserved, content, option }: Parameter): unknown {
  return { place, style, explode, allowReserved, content, option };
}

function wordsOf({ description, deprecated }: Parameter): Record<string, Json> {
  return { ...(description !== undefined && { description }), ...(deprecated && { deprecated }) };
}

function compareBodies(comparison: Comparison, pair: OperationPair): void {
  const { old, new: next, call } = pair;
  const report = reporter(comparison, subjectOf(pair, call));
  const pointer = joinPointer(pair.pointer, "body");
  if (old.body === undefined && next.body === undefined) return;
  if (next.body === undefined) {
    report(
      "body-removed",
      effect("changed", "request"),
      joinPointer(pair.oldPointer, "body"),
      `\`${call}\` no longer takes a body.`,
    );
    return;
  }
  if (old.body === undefined) {
    const [effects, message] = next.body.required
      ? [effect("narrowed", "request"), `\`${call}\` has to be given a body now.`]
      : [effect("widened", "request"), `\`${call}\` takes a body now.`];
    report("body-added", effects, pointer, message);
    return;
  }
  if (old.body.required !== next.body.required) {
    const [effects, message] = next.body.required
      ? [effect("narrowed", "request"), `The body of \`${call}\` has to be given now.`]
      : [effect("widened", "request"), `The body of \`${call}\` can be left out now.`];
    report("body-required", effects, pointer, message);
  }
  if (old.body.mediaType !== next.body.mediaType) {
    const alike = old.body.encoding === next.body.encoding;
    const message = `The body of \`${call}\` is sent as ${next.body.mediaType} now, and was sent as ${old.body.mediaType}.`;
    report(
      "body-encoding",
      alike ? { level: "minor", breaks: [] } : effect("changed", "request"),
      pointer,
      message,
    );
  }
  compareSchemas(
    comparison,
    { schema: old.body.schema, pointer: joinPointer(pair.oldPointer, "body", "schema") },
    { schema: next.body.schema, pointer: joinPointer(pointer, "schema") },
    subjectOf(pair, `the body of \`${call}\``),
  );
}

function subjectOf({ users }: OperationPair, label: string): Subject {
  return { direction: "request", label, operations: users("request") };
}
