import { jsonAnswers } from "../answers.ts";
import { dereference, type OpenAPIDocument } from "../document.ts";
import { asArray, asObject, isObject, type JsonObject, joinPointer } from "../json.ts";
import type { PagesExtension } from "../normalise/pages.ts";
import { leading, type PageRoles, type PageType, pagesFromRoles } from "./pages-from-roles.ts";

/** The mark of what a parameter or a member of an answer is for. */
export const markKey = "x-stainless-pagination-property";

/** A member of an answer that is described: where it is, and what its mark says. */
export interface Described {
  readonly name: string;
  readonly pointer: string;
  readonly schema: JsonObject;
  readonly mark: JsonObject;
}

/**
 * The members of an answer, through references and `allOf`, those inside of others behind them. Of the items of a list
 * the marked ones: they are those of the last item, for which `-` stands (`x-hawser-pages`, `nextCursor`).
 */
export function* membersOf(
  document: OpenAPIDocument,
  schema: unknown,
  pointer = "",
  seen: Set<unknown> = new Set(),
): Generator<Described> {
  const target = dereference(document, schema);
  if (!isObject(target) || seen.has(target)) return;
  seen.add(target);
  for (const part of asArray(target.allOf)) yield* membersOf(document, part, pointer, seen);
  for (const [name, value] of Object.entries(asObject(target.properties))) {
    const place = joinPointer(pointer, name);
    const member = asObject(dereference(document, value));
    yield { name, pointer: place, schema: member, mark: markOf(value, member) };
    yield* membersOf(document, value, place, seen);
  }
  if (target.items === undefined) return;
  for (const member of membersOf(document, target.items, `${pointer}/-`, seen))
    if (member.mark.purpose !== undefined) yield member;
}

/** The mark at a schema or beside the reference that leads to it. */
function markOf(value: unknown, target: JsonObject): JsonObject {
  return asObject(asObject(value)[markKey] ?? target[markKey]);
}

/** Purposes of what an answer holds and where it is; a value that comes in a header is nowhere in it. */
export function responseRoles(members: Iterable<Described>): Map<string, string> {
  const roles = new Map<string, string>();
  for (const { pointer, mark } of members) {
    if (typeof mark.purpose !== "string" || mark.from_header !== undefined || roles.has(mark.purpose))
      continue;
    roles.set(mark.purpose, mark.is_top_level_array === true ? "" : pointer);
  }
  return roles;
}

const lengths = ["limit", "page_size", "pageSize", "per_page", "perPage", "size", "count", "max_results"];

/** The parameter for the length of a page, by its name: there is no purpose for it. */
export function lengthAmong(names: readonly string[]): string | undefined {
  return lengths.find((name) => names.includes(name));
}

/** The number of the first page when a parameter says that it isn't 1. */
export function firstPageOf(schema: JsonObject): number | undefined {
  return schema.default === 0 ? 0 : undefined;
}

/**
 * What `x-stainless-pagination-property` at an operation's parameters and in its answer says of pages: `undefined` when
 * no parameter is marked as the one that leads on, a reason when the rest can't be had.
 *
 * @see https://www.stainless.com/docs/reference/config#pagination-property
 */
export function markedPages(
  document: OpenAPIDocument,
  operation: JsonObject,
): { said: unknown; pages: PagesExtension | string } | undefined {
  const queries = asArray(operation.parameters)
    .map((parameter) => asObject(dereference(document, parameter)))
    .filter((parameter) => parameter.in === "query")
    .map((parameter) => {
      const schema = asObject(dereference(document, parameter.schema));
      const mark = asObject(parameter[markKey] ?? markOf(parameter.schema, schema));
      return { name: String(parameter.name), schema, purpose: String(mark.purpose) };
    });
  const types = Object.entries(leading) as [PageType, string][];
  const lead = queries.find(({ purpose }) => types.some(([, leads]) => leads === purpose));
  const type = types.find(([, leads]) => leads === lead?.purpose)?.[0];
  if (lead === undefined || type === undefined) return undefined;
  const [answer] = jsonAnswers(document, operation);
  const top = asObject(dereference(document, answer?.media.schema));
  const roles = responseRoles(membersOf(document, answer?.media.schema));
  if (asObject(top[markKey]).is_top_level_array === true) roles.set("items", "");
  const limit = lengthAmong(queries.map(({ name }) => name));
  const firstPage = firstPageOf(lead.schema);
  const found: PageRoles = {
    request: new Map([[lead.purpose, lead.name]]),
    response: roles,
    ...(limit !== undefined && { limit }),
    ...(firstPage !== undefined && { firstPage }),
  };
  const said = {
    [lead.name]: lead.purpose,
    ...Object.fromEntries([...roles].map(([purpose, at]) => [at, purpose])),
  };
  return { said, pages: pagesFromRoles(type, found) };
}
