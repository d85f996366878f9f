import type { Operation, Outcome, Stream } from "../ir/ir.ts";
import { type Json, joinPointer } from "../json.ts";
import type { OperationPair } from "./compare-operations.ts";
import { compareSchemas } from "./compare-schemas.ts";
import { type Comparison, effect, same } from "./comparison.ts";
import { reporter, type Subject } from "./subject.ts";

/** Compares what an operation answers: what a call returns, its pages, its stream, its errors. */
export function compareAnswers(comparison: Comparison, pair: OperationPair): void {
  compareOutcomes(comparison, pair);
  compareStreams(comparison, pair);
  comparePages(comparison, pair);
  compareErrors(comparison, pair);
}

const minor = { level: "minor", breaks: [] } as const;

function compareOutcomes(comparison: Comparison, pair: OperationPair): void {
  const [old, next] = [outcomesByKind(pair.old), outcomesByKind(pair.new)];
  const report = reporter(comparison, subjectOf(pair, pair.call));
  for (const [kind, { outcome, index }] of old) {
    const now = next.get(kind);
    if (now === undefined) {
      const pointer = joinPointer(pair.oldPointer, "outcomes", index);
      report(
        "answer-removed",
        effect("changed", "answer"),
        pointer,
        `\`${pair.call}\` no longer answers ${kinds[outcome.kind]}.`,
      );
      continue;
    }
    const pointer = joinPointer(pair.pointer, "outcomes", now.index);
    if (outcome.status !== now.outcome.status)
      report(
        "answer-status",
        minor,
        pointer,
        `\`${pair.call}\` answers with status ${now.outcome.status} now, and did with ${outcome.status}.`,
      );
    // With an envelope, the whole answer can be had as well as what a call gives of it.
    const members = new Set([schemaMember(outcome), schemaMember(now.outcome), "schema"] as const);
    for (const member of members) {
      const whole = member === "schema" && members.size > 1;
      const label = `the ${whole ? "whole " : ""}answer of \`${pair.call}\``;
      compareSchemas(
        comparison,
        {
          schema: returned(outcome, member),
          pointer: joinPointer(pair.oldPointer, "outcomes", index, member),
        },
        { schema: returned(now.outcome, member), pointer: joinPointer(pointer, member) },
        subjectOf(pair, label),
      );
    }
  }
  for (const [kind, { outcome, index }] of next) {
    if (old.has(kind) || outcome.kind === "stream") continue;
    const effects = outcome.when === undefined && old.size > 0 ? effect("widened", "answer") : minor;
    const pointer = joinPointer(pair.pointer, "outcomes", index);
    report("answer-added", effects, pointer, `\`${pair.call}\` can answer ${kinds[outcome.kind]} now.`);
  }
}

const kinds = {
  json: "JSON",
  text: "text",
  binary: "bytes",
  stream: "with a stream",
  empty: "with nothing",
} as const;

/** Outcomes by what they are for a caller: several statuses of one kind are one type. */
function outcomesByKind({ outcomes }: Operation): Map<string, { outcome: Outcome; index: number }> {
  const found = new Map<string, { outcome: Outcome; index: number }>();
  for (const [index, outcome] of outcomes.entries()) {
    const key = `${outcome.kind} ${JSON.stringify(outcome.when ?? null)}`;
    if (!found.has(key)) found.set(key, { outcome, index });
  }
  return found;
}

/** What a call gives of an answer, or the whole of it; without a schema, anything. */
function returned(outcome: Outcome, member: "data" | "schema"): Json {
  return (member === "data" ? outcome.data : undefined) ?? outcome.schema ?? true;
}

function schemaMember(outcome: Outcome): "data" | "schema" {
  return outcome.data === undefined ? "schema" : "data";
}

function compareStreams(comparison: Comparison, pair: OperationPair): void {
  const { old, new: next, call } = pair;
  const report = reporter(comparison, subjectOf(pair, call));
  const pointer = joinPointer(pair.pointer, "stream");
  if (old.stream === undefined && next.stream === undefined) return;
  if (next.stream === undefined) {
    // That the operation no longer answers with a stream is told with its answers.
    return;
  }
  if (old.stream === undefined) {
    const effects = next.stream.mode !== "always" ? minor : effect("changed", "answer");
    report("stream-added", effects, pointer, `\`${call}\` ${modes(next.stream)} now.`);
    return;
  }
  const [was, is] = [old.stream, next.stream];
  if (was.mode !== is.mode || was.flag !== is.flag || was.in !== is.in) {
    const effects = { level: "major", breaks: ["callers", "readers"] } as const;
    report(
      "stream-mode",
      effects,
      joinPointer(pointer, "mode"),
      `\`${call}\` ${modes(is)} now, and ${modes(was)} before.`,
    );
  }
  for (const [member, what] of [
    ["sentinel", "end"],
    ["framing", "framing"],
    ["item", "form"],
    ["dialect", "protocol"],
  ] as const) {
    if (was[member] === is[member]) continue;
    const message = `The ${what} of the stream of \`${call}\` is ${worth(is[member])} now, and was ${worth(was[member])}: programs built before misread it.`;
    report(`stream-${member}`, effect("changed", "answer"), joinPointer(pointer, member), message);
  }
  compareEvents(comparison, pair, was, is);
  compareSchemas(
    comparison,
    { schema: was.error ?? true, pointer: joinPointer(pair.oldPointer, "stream", "error") },
    { schema: is.error ?? true, pointer: joinPointer(pointer, "error") },
    subjectOf(pair, `the error of the stream of \`${call}\``),
  );
}

function modes({ mode, flag, in: place }: Stream): string {
  if (mode === "always") return "always streams";
  if (mode === "accept") return "streams when its `Accept` header asks for it";
  return `streams when ${place === "query" ? "the parameter " : ""}\`${flag}\` is true`;
}

function worth(value: string | undefined): string {
  return value === undefined ? "not marked" : JSON.stringify(value);
}

function compareEvents(comparison: Comparison, pair: OperationPair, old: Stream, next: Stream): void {
  const report = reporter(comparison, subjectOf(pair, pair.call));
  const at = (base: string, index: number) => joinPointer(base, "stream", "events", index);
  for (const [index, event] of old.events.entries()) {
    const nowIndex = next.events.findIndex(({ name }) => name === event.name);
    const now = next.events[nowIndex];
    if (now === undefined) {
      report(
        "event-removed",
        effect("narrowed", "answer"),
        at(pair.oldPointer, index),
        `The stream of \`${pair.call}\` no longer has the event \`${event.name}\`.`,
      );
      continue;
    }
    const label =
      now.name === undefined
        ? `an item of the stream of \`${pair.call}\``
        : `the event \`${now.name}\` of \`${pair.call}\``;
    compareSchemas(
      comparison,
      { schema: event.schema, pointer: joinPointer(at(pair.oldPointer, index), "schema") },
      { schema: now.schema, pointer: joinPointer(at(pair.pointer, nowIndex), "schema") },
      subjectOf(pair, label.startsWith("the ") ? label : `the ${label.replace(/^an? /, "")}`),
    );
  }
  for (const [index, { name }] of next.events.entries()) {
    if (old.events.some((event) => event.name === name)) continue;
    report(
      "event-added",
      effect("widened", "answer"),
      at(pair.pointer, index),
      `The stream of \`${pair.call}\` has the new event \`${name}\`.`,
    );
  }
}

function comparePages(comparison: Comparison, pair: OperationPair): void {
  const { old, new: next, call } = pair;
  const report = reporter(comparison, subjectOf(pair, call));
  const pointer = joinPointer(pair.pointer, "pages");
  if ((old.pages === undefined) !== (next.pages === undefined)) {
    const message =
      next.pages === undefined
        ? `\`${call}\` no longer gives pages.`
        : `\`${call}\` gives pages now, and gave one answer.`;
    report("pages", effect("changed", "answer"), pointer, message);
  } else if (old.pages !== undefined && next.pages !== undefined) {
    const { item: before, ...was } = old.pages;
    const { item: after, ...is } = next.pages;
    if (!same(was, is))
      report("pages-scheme", minor, pointer, `\`${call}\` goes through its pages in another way.`);
    compareSchemas(
      comparison,
      { schema: before, pointer: joinPointer(pair.oldPointer, "pages", "item") },
      { schema: after, pointer: joinPointer(pointer, "item") },
      subjectOf(pair, `the items of \`${call}\``),
    );
  }
}

function compareErrors(comparison: Comparison, pair: OperationPair): void {
  const { old, new: next, call } = pair;
  const report = reporter(comparison, subjectOf(pair, call));
  for (const [index, error] of old.errors.entries()) {
    const nowIndex = next.errors.findIndex(({ status }) => status === error.status);
    const now = next.errors[nowIndex];
    const pointer = joinPointer(pair.pointer, "errors", nowIndex);
    if (now === undefined) {
      report(
        "error-removed",
        minor,
        joinPointer(pair.oldPointer, "errors", index),
        `\`${call}\` no longer describes its answer ${error.status}.`,
      );
    } else {
      compareSchemas(
        comparison,
        { schema: error.schema ?? true, pointer: joinPointer(pair.oldPointer, "errors", index, "schema") },
        { schema: now.schema ?? true, pointer: joinPointer(pointer, "schema") },
        subjectOf(pair, `the answer ${error.status} of \`${call}\``),
      );
    }
    if (now !== undefined && error.description !== now.description)
      report(
        "description",
        { level: "patch", breaks: [] },
        pointer,
        `The answer ${error.status} of \`${call}\` is described in other words.`,
      );
  }
  for (const [index, { status }] of next.errors.entries()) {
    if (old.errors.some((error) => error.status === status)) continue;
    report(
      "error-added",
      minor,
      joinPointer(pair.pointer, "errors", index),
      `\`${call}\` describes its answer ${status} now.`,
    );
  }
}

function subjectOf({ users }: OperationPair, label: string): Subject {
  return { direction: "answer", label, operations: users("answer") };
}
