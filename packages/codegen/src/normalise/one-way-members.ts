import {
  dereference,
  type OpenAPIDocument,
  operationsOf,
  schemaNameOf,
  schemaReference,
  schemasOf,
} from "../document.ts";
import { asArray, asObject, cloneJson, isObject, type JsonObject } from "../json.ts";
import { uniqueName } from "../names.ts";
import { walkSchema } from "../walk-document.ts";
import type { Pass, Report } from "./report.ts";

/** What says that a member goes the other way: `readOnly` members aren't sent, `writeOnly` members don't come. */
type Mark = "readOnly" | "writeOnly";

/**
 * A member that is `readOnly` is required in answers alone, one that is `writeOnly` in requests alone (OpenAPI 3.2, Schema
 * Object). A schema that both use, and of which that is true, is that of answers; requests get one of their own, named
 * `…Input`, and so do the schemas that lead to it.
 */
export const oneWayMembers: Pass = (document, report) => {
  const schemas = schemasOf(document);
  const marked = new Map(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      { leads: leadsTo(schema), own: isMarked(document, schema) },
    ]),
  );
  if (![...marked.values()].some(({ own }) => own)) return;
  const sent = new Set<string>();
  const come = new Set<string>();
  const bodies = [...operationsOf(document)].map(({ operation }) =>
    asObject(asObject(dereference(document, operation.requestBody)).content),
  );
  for (const content of bodies) reach(schemaOfMedia(document, content), marked, sent);
  for (const { operation } of operationsOf(document)) {
    reach(operation["x-hawser-stream"], marked, come);
    for (const response of Object.values(asObject(operation.responses)))
      reach(
        schemaOfMedia(document, asObject(asObject(dereference(document, response)).content)),
        marked,
        come,
      );
  }

  const inputs = inputNames(marked, sent, come);
  for (const [name, input] of inputs) {
    schemas[input] = redirected(cloneJson(schemas[name]), inputs);
    report.change({
      rule: "one-way-members",
      pointer: schemaReference(input),
      before: { $ref: schemaReference(name) },
      reason: "What is required in answers alone isn't required in requests, or the other way about.",
    });
  }
  for (const name of sent) if (!inputs.has(name)) redirected(schemas[name], inputs);
  for (const content of bodies) {
    for (const [mediaType, value] of Object.entries(content)) {
      const media = asObject(dereference(document, value));
      if (media.schema !== undefined && [...leadsTo(media.schema)].some((name) => inputs.has(name)))
        content[mediaType] = { ...media, schema: redirected(cloneJson(media.schema), inputs) };
    }
  }
  for (const name of sent) relax(document, inputs.get(name) ?? name, "readOnly", report);
  for (const name of come) relax(document, name, "writeOnly", report);
};

type Marked = ReadonlyMap<string, { readonly leads: ReadonlySet<string>; readonly own: boolean }>;

/** The schemas both directions use and that aren't the same in both, with the names they get in requests. */
function inputNames(
  marked: Marked,
  sent: ReadonlySet<string>,
  come: ReadonlySet<string>,
): Map<string, string> {
  const both = [...sent].filter((name) => come.has(name));
  const differ = new Set(both.filter((name) => marked.get(name)?.own));
  let before: number;
  do {
    before = differ.size;
    for (const name of both) {
      if ([...(marked.get(name)?.leads ?? [])].some((target) => differ.has(target))) differ.add(name);
    }
  } while (differ.size > before);
  const taken = new Set(marked.keys());
  return new Map([...differ].map((name) => [name, uniqueName(`${name}Input`, taken)]));
}

function schemaOfMedia(document: OpenAPIDocument, content: JsonObject): unknown[] {
  return Object.values(content).flatMap((value) => {
    const { schema, itemSchema } = asObject(dereference(document, value));
    return [schema, itemSchema];
  });
}

/** The component schemas a value refers to itself. */
function leadsTo(value: unknown): Set<string> {
  const names = new Set<string>();
  walkSchema(value, ({ $ref }) => {
    const name = schemaNameOf($ref);
    if (name !== undefined) names.add(name);
  });
  return names;
}

/** Adds all component schemas that a value leads to. */
function reach(value: unknown, marked: Marked, found: Set<string>): void {
  const waiting = isObject(value) ? [...streamSchemasOf(value)] : [...leadsTo(value)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(marked.get(name)?.leads ?? []));
  }
}

function streamSchemasOf({ itemSchema, error, events }: JsonObject): Set<string> {
  return leadsTo([itemSchema, error, ...asArray(events).flatMap((event) => Object.values(asObject(event)))]);
}

function isMarked(document: OpenAPIDocument, schema: unknown): boolean {
  let found = false;
  walkSchema(schema, (part) => {
    found ||= (["readOnly", "writeOnly"] as const).some((mark) => wrong(document, part, mark).length > 0);
  });
  return found;
}

/** Objects of a schema that require members with the mark, each with their names. */
function wrong(
  document: OpenAPIDocument,
  schema: JsonObject,
  mark: Mark,
): { part: JsonObject; names: readonly unknown[] }[] {
  const parts = [schema, ...asArray(schema.allOf).filter(isObject)];
  if (parts.every(({ required }) => required === undefined)) return [];
  const members = marksOf(document, schema, mark, new Set());
  return parts.flatMap((part) => {
    const names = asArray(part.required).filter((name) => members.has(name));
    return names.length > 0 ? [{ part, names }] : [];
  });
}

function marksOf(document: OpenAPIDocument, schema: unknown, mark: Mark, seen: Set<unknown>): Set<unknown> {
  const target = asObject(dereference(document, schema));
  if (seen.has(target)) return new Set();
  seen.add(target);
  const own = Object.entries(asObject(target.properties)).filter(
    ([, member]) => asObject(member)[mark] === true || asObject(dereference(document, member))[mark] === true,
  );
  return new Set([
    ...own.map(([name]) => name),
    ...asArray(target.allOf).flatMap((part) => [...marksOf(document, part, mark, seen)]),
  ]);
}

/** Takes the members with the mark out of what a component requires. */
function relax(document: OpenAPIDocument, name: string, mark: Mark, report: Report): void {
  walkSchema(
    schemasOf(document)[name],
    (schema, pointer) => {
      for (const { part, names } of wrong(document, schema, mark)) {
        const before = part.required;
        const after = asArray(before).filter((member) => !names.includes(member));
        if (after.length > 0) part.required = after;
        else delete part.required;
        const reason =
          mark === "readOnly"
            ? "A request need not have what is read only."
            : "An answer need not have what is written only.";
        report.change({
          rule: "one-way-members",
          pointer,
          before: { required: before },
          after: { required: after },
          reason,
        });
      }
    },
    schemaReference(name),
  );
}

/** Lets the references of a schema lead to what requests have, in place. */
function redirected<Value>(schema: Value, inputs: ReadonlyMap<string, string>): Value {
  const other = (reference: unknown) => {
    const input = inputs.get(schemaNameOf(reference) ?? "");
    return input === undefined ? reference : schemaReference(input);
  };
  walkSchema(schema, (part) => {
    if (part.$ref !== undefined) part.$ref = other(part.$ref);
    const mapping = asObject(asObject(part.discriminator).mapping);
    for (const [value, target] of Object.entries(mapping)) mapping[value] = other(target);
  });
  return schema;
}
