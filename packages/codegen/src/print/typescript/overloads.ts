import type { IR, Operation, Outcome, Schema, Stream } from "../../ir/ir.ts";
import { asArray, asObject, type Json } from "../../json.ts";
import { literal, propertyName } from "./literal.ts";
import { referencedName, typeOf, union } from "./type-of.ts";

/** One way an operation answers, and what the request holds when it is meant. */
export interface Variant {
  /** What the body holds, as a type; absent when it can hold anything. */
  readonly narrowing?: string;
  /** What another argument holds, as a type, and whether it needs to be there for that. */
  readonly choice?: {
    readonly argument: "params" | "options";
    readonly type: string;
    readonly needed: boolean;
  };
  /** The type of the data. */
  readonly data: string;
  /** The type of the whole answer, which is that of the data unless the operation has an envelope. */
  readonly body: string;
  readonly streams: boolean;
  /** Whether the narrowing needs a member to be there, and so the body. */
  readonly needsBody: boolean;
  readonly when?: NonNullable<Outcome["when"]>;
}

/** The ways an operation answers, the narrowest first, as TypeScript tries overloads in their order. */
export function overloadsOf(ir: IR, operation: Operation): Variant[] {
  const { stream } = operation;
  const plain = operation.outcomes.filter((outcome) => outcome.kind !== "stream");
  if (stream?.mode === "always") return [streamVariant(operation, stream, {})];
  const usual = plain.filter((outcome) => outcome.when === undefined);
  const rest = typesOf(usual.length > 0 ? usual : plain);
  // Another media type of the same data is no other way to call.
  const conditions = (operation.body === undefined ? [] : conditionsIn(plain)).filter(
    ({ outcomes }) => typesOf(outcomes).data !== rest.data,
  );

  const noStream = stream === undefined ? {} : flagInBody(stream, "false | null");
  const choice = stream && choiceOf(stream, false);
  const others: Record<string, string> = {};
  const otherFlags: Record<string, string> = {};
  for (const { property } of conditions) {
    const values = otherValues(ir, operation, property, plain);
    if (values.length === 0) continue;
    others[property] = union(values.map((value) => literal(value)));
    // Two flags that both choose the answer can't both be set.
    if (values.includes(false)) otherFlags[property] = others[property];
  }
  const variants: Variant[] = stream === undefined ? [] : [streamVariant(operation, stream, otherFlags)];
  for (const { property, values, outcomes } of conditions) {
    const { [property]: _own, ...flags } = otherFlags;
    variants.push({
      ...narrowing({ [property]: union(values.map((value) => literal(value))) }, { ...noStream, ...flags }),
      ...choice,
      ...typesOf(outcomes),
      streams: false,
      needsBody: true,
      when: { property, values },
    });
  }
  variants.push({
    ...narrowing({}, { ...noStream, ...others }),
    ...choice,
    ...rest,
    streams: false,
    needsBody: false,
  });
  return variants;
}

/** The flag of a stream, when it is a member of the body. */
function flagInBody({ flag, in: place }: Stream, type: string): Record<string, string> {
  return flag === undefined || place !== undefined ? {} : { [flag]: type };
}

/** What chooses between stream and value outside of the body: a query parameter, or the option for `Accept`. */
function choiceOf({ mode, flag, in: place }: Stream, streams: boolean): Pick<Variant, "choice"> {
  if (mode === "accept") {
    const type = streams ? "{ stream: true }" : "{ stream?: false | undefined }";
    return { choice: { argument: "options", type, needed: streams } };
  }
  if (place !== "query" || flag === undefined) return {};
  const type = `{ ${propertyName(flag)}${streams ? ": true" : "?: false | null"} }`;
  return { choice: { argument: "params", type, needed: streams } };
}

function streamVariant(operation: Operation, stream: Stream, absent: Record<string, string>): Variant {
  const data = streamType(operation, stream);
  const needed = flagInBody(stream, "true");
  return {
    ...narrowing(needed, absent),
    ...choiceOf(stream, true),
    data,
    body: data,
    streams: true,
    needsBody: Object.keys(needed).length > 0,
  };
}

/** A type of the members a body has to hold, and of those that hold something else or nothing. */
function narrowing(
  needed: Record<string, string>,
  absent: Record<string, string>,
): { narrowing: string } | undefined {
  const members = [
    ...Object.entries(needed).map(([name, type]) => `${propertyName(name)}: ${type}`),
    ...Object.entries(absent).map(([name, type]) => `${propertyName(name)}?: ${type}`),
  ];
  return members.length === 0 ? undefined : { narrowing: `{ ${members.join("; ")} }` };
}

/** The data of an operation in TypeScript when nothing in the request asks for another form. */
export function usualData(ir: IR, operation: Operation): string {
  return overloadsOf(ir, operation).at(-1)?.data ?? "unknown";
}

interface Condition {
  readonly property: string;
  readonly values: Json[];
  readonly outcomes: Outcome[];
}

function conditionsIn(outcomes: readonly Outcome[]): Condition[] {
  const found: Condition[] = [];
  for (const outcome of outcomes) {
    if (outcome.when === undefined) continue;
    const { property, values } = outcome.when;
    const { data } = typesOf([outcome]);
    const same = found.find((other) => other.property === property && typesOf(other.outcomes).data === data);
    if (same === undefined) found.push({ property, values: [...values], outcomes: [outcome] });
    else {
      same.values.push(...values);
      same.outcomes.push(outcome);
    }
  }
  return found;
}

/** The values of an enum or boolean member of the body that no outcome has claimed. */
function otherValues(
  ir: IR,
  operation: Operation,
  property: string,
  outcomes: readonly Outcome[],
): unknown[] {
  const member = asObject(memberOf(ir, operation.body?.schema, property));
  const resolved = asObject(ir.schemas[referencedName(member) ?? ""] ?? member);
  const types = [resolved.type].flat();
  const values = types.includes("boolean")
    ? [true, false, ...(types.includes("null") ? [null] : [])]
    : asArray(resolved.enum);
  const claimed = outcomes.flatMap((outcome) =>
    outcome.when?.property === property ? outcome.when.values : [],
  );
  return values.filter((value) => !claimed.includes(value as Json));
}

/** The schema of a member of an object, its own or one of a part it is made of. */
function memberOf(ir: IR, schema: unknown, name: string): unknown {
  const target = asObject(ir.schemas[referencedName(schema) ?? ""] ?? schema);
  const own = asObject(target.properties)[name];
  if (own !== undefined) return own;
  for (const part of asArray(target.allOf)) {
    const found = memberOf(ir, part, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function typesOf(outcomes: readonly Outcome[]): { data: string; body: string } {
  const typeIn = (schemaOf: (outcome: Outcome) => Schema | undefined): string => {
    const types = outcomes.map((outcome) => {
      if (outcome.kind === "json") return typeOf(schemaOf(outcome));
      if (outcome.kind === "text") return "string";
      return outcome.kind === "binary" ? "BinaryResponse" : "undefined";
    });
    return types.length === 0 ? "undefined" : union(types);
  };
  return { data: typeIn(({ data, schema }) => data ?? schema), body: typeIn(({ schema }) => schema) };
}

/** The type of one item of the stream. */
export function itemType(stream: Stream): string {
  if (stream.item === "text") return "ServerSentEvent";
  const types = stream.events.map(({ name, schema }) => {
    if (stream.item === "payload" || stream.item === "part") return typeOf(schema);
    return `{ event${name === undefined ? "?: undefined" : `: ${literal(name)}`}; data: ${typeOf(schema)} }`;
  });
  if (stream.item === "part") types.push("MultipartPart");
  return types.length === 0 ? "unknown" : union(types);
}

/** How the items of a stream are told apart: by name, or by the value of the runtime that does it. */
export const framingValues: Readonly<Partial<Record<Stream["framing"], string>>> = {
  "json-sequence": "jsonSequence",
  "multipart-mixed": "multipartMixed",
};

/** The classes that read streams, by dialect. */
const streamClasses = {
  "chat.completions": "ChatCompletionStream",
  responses: "ResponseStream",
  messages: "MessageStream",
} as const;

/** The names of all classes that read streams. */
export const streamClassNames: readonly string[] = [...Object.values(streamClasses), "EventStream"];

/** The class that reads the stream. */
export function streamClass(
  stream: Stream,
): (typeof streamClasses)[keyof typeof streamClasses] | "EventStream" {
  return stream.dialect === undefined ? "EventStream" : streamClasses[stream.dialect];
}

function streamType(operation: Operation, stream: Stream): string {
  const name = streamClass(stream);
  if (name === "EventStream") return `EventStream<${itemType(stream)}>`;
  // Of a stream nobody described, the class knows more.
  if (stream.events.length === 0) return name;
  const whole = operation.outcomes.filter((outcome) => outcome.kind === "json" && outcome.when === undefined);
  const types = [itemType(stream), ...(whole.length === 0 ? [] : [typesOf(whole).data])];
  return `${name}<${types.join(", ")}>`;
}
