import type { IR, Operation, Outcome, Stream } from "../../ir/ir.ts";
import { asArray, asObject, type Json } from "../../json.ts";
import { literal, propertyName } from "./literal.ts";
import { referencedName, typeOf, union } from "./type-of.ts";

/** One way an operation answers, and what the request body holds when it is meant. */
export interface Variant {
  /** What the body holds, as a type; absent when it can hold anything. */
  readonly narrowing?: string;
  /** The type of the data. */
  readonly data: string;
  readonly streams: boolean;
  /** Whether the narrowing needs a member to be there, and so the body. */
  readonly needsBody: boolean;
  readonly when?: NonNullable<Outcome["when"]>;
}

/** The ways an operation answers, the narrowest first, as TypeScript tries overloads in their order. */
export function overloadsOf(ir: IR, operation: Operation): Variant[] {
  const { stream } = operation;
  const plain = operation.outcomes.filter((outcome) => outcome.kind !== "stream");
  if (stream?.mode === "always")
    return [{ data: streamType(operation, stream), streams: true, needsBody: false }];
  const variants: Variant[] = [];
  const rest = new Map<string, string>();
  if (stream?.flag !== undefined) {
    const flag = propertyName(stream.flag);
    variants.push({
      narrowing: `{ ${flag}: true }`,
      data: streamType(operation, stream),
      streams: true,
      needsBody: true,
    });
    rest.set(flag, `${flag}?: false | null`);
  }
  const usual = plain.filter((outcome) => outcome.when === undefined);
  const usualData = dataType(usual.length > 0 ? usual : plain);
  for (const [property, values, outcomes] of operation.body === undefined ? [] : conditionsIn(plain)) {
    // Another media type of the same data is no other way to call.
    if (dataType(outcomes) === usualData) continue;
    const name = propertyName(property);
    variants.push({
      narrowing: `{ ${name}: ${union(values.map((value) => literal(value)))} }`,
      data: dataType(outcomes),
      streams: false,
      needsBody: true,
      when: { property, values },
    });
    const others = otherValues(ir, operation, property, plain).map((value) => literal(value));
    if (others.length > 0) rest.set(name, `${name}?: ${union(others)}`);
  }
  variants.push({
    ...(rest.size > 0 && { narrowing: `{ ${[...rest.values()].join("; ")} }` }),
    data: usualData,
    streams: false,
    needsBody: false,
  });
  return variants;
}

function conditionsIn(
  outcomes: readonly Outcome[],
): [property: string, values: Json[], outcomes: Outcome[]][] {
  const found: [string, Json[], Outcome[]][] = [];
  for (const outcome of outcomes) {
    if (outcome.when === undefined) continue;
    const { property, values } = outcome.when;
    const type = dataType([outcome]);
    const same = found.find(([name, , others]) => name === property && dataType(others) === type);
    if (same === undefined) found.push([property, [...values], [outcome]]);
    else {
      same[1].push(...values);
      same[2].push(outcome);
    }
  }
  return found;
}

/** The values of an enum member of the body that no outcome has claimed. */
function otherValues(
  ir: IR,
  operation: Operation,
  property: string,
  outcomes: readonly Outcome[],
): unknown[] {
  const schema = asObject(ir.schemas[referencedName(operation.body?.schema) ?? ""]);
  const member = asObject(asObject(schema.properties)[property]);
  const resolved = asObject(ir.schemas[referencedName(member) ?? ""] ?? member);
  const claimed = outcomes.flatMap((outcome) =>
    outcome.when?.property === property ? outcome.when.values : [],
  );
  return asArray(resolved.enum).filter((value) => !claimed.includes(value as string));
}

function dataType(outcomes: readonly Outcome[]): string {
  const types = outcomes.map((outcome) => {
    if (outcome.kind === "json") return typeOf(outcome.schema);
    if (outcome.kind === "text") return "string";
    return outcome.kind === "binary" ? "BinaryResponse" : "undefined";
  });
  return types.length === 0 ? "undefined" : union(types);
}

/** The type of one item of the stream. */
export function itemType(stream: Stream): string {
  if (stream.item === "text") return "ServerSentEvent";
  const types = stream.events.map(({ name, schema }) => {
    if (stream.item === "payload") return typeOf(schema);
    return `{ event${name === undefined ? "?: undefined" : `: ${literal(name)}`}; data: ${typeOf(schema)} }`;
  });
  return types.length === 0 ? "unknown" : union(types);
}

/** The class that reads the stream. */
export function streamClass(stream: Stream): "ChatCompletionStream" | "EventStream" {
  return stream.dialect === "chat.completions" ? "ChatCompletionStream" : "EventStream";
}

function streamType(operation: Operation, stream: Stream): string {
  const whole = operation.outcomes.filter((outcome) => outcome.kind === "json");
  const item = itemType(stream);
  if (streamClass(stream) === "EventStream") return `EventStream<${item}>`;
  return whole.length === 0
    ? `ChatCompletionStream<${item}>`
    : `ChatCompletionStream<${item}, ${dataType(whole)}>`;
}
