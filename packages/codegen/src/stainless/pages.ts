import { jsonAnswers } from "../answers.ts";
import { dereference, type OpenAPIDocument, type OperationEntry } from "../document.ts";
import { asArray, asObject, type JsonObject, joinPointer } from "../json.ts";
import { misfitsOf, type PagesExtension } from "../normalise/pages.ts";
import { parameterNames } from "../normalise/parameter-names.ts";
import { schemasAt } from "../schema-at.ts";
import type { Context } from "./context.ts";
import { suggestion } from "./nearest.ts";
import { firstPageOf, lengthAmong, markKey, membersOf, responseRoles } from "./page-marks.ts";
import { leading, type PageRoles, type PageType, pagesFromRoles } from "./pages-from-roles.ts";
import type { Method } from "./resources.ts";

/** A pagination scheme of the configuration, and the pages it stands for, or why it stands for none. */
interface Scheme {
  readonly name: string | undefined;
  readonly at: string;
  readonly pages: PagesExtension | string;
  /** Parameters and places of an answer that a list of this kind has. */
  readonly parameters: readonly string[];
  readonly places: readonly string[];
}

/** Names that stand for a purpose in a scheme that marks none, as in the examples of Stainless' documentation. */
const usualNames: Readonly<Record<string, readonly string[]>> = {
  next_cursor_param: ["cursor", "page_token"],
  next_cursor_id_param: ["starting_after", "after"],
  page_number_param: ["page", "page_number"],
  offset_count_param: ["offset"],
  next_cursor_field: ["next_cursor", "next_page_token"],
  has_next_page: ["has_more", "has_next_page"],
  offset_total_count_field: ["total", "total_count"],
};

/** Reads the pagination schemes, and gives what writes `x-hawser-pages` at the operation of a method. */
export function pagesOf(
  context: Context,
): (method: Method, entry: OperationEntry, whole: JsonObject) => void {
  const schemes = schemesIn(context);
  return (method, entry, whole) => {
    const { paginated } = method.settings;
    const at = joinPointer(method.at, "paginated");
    const { document } = context;
    if (paginated === false) {
      forgetMarks(document, entry, whole);
      return;
    }
    if (typeof paginated === "string") {
      const scheme = schemes.find(({ name }) => name === paginated);
      const names = schemes.flatMap(({ name }) => name ?? []);
      if (scheme === undefined)
        return context.problem(
          at,
          `there is no pagination scheme "${paginated}".${suggestion(paginated, names)}`,
        );
      const pages = adapted(document, whole, scheme.pages);
      const misfit = typeof pages === "string" ? pages : misfitsOf(document, whole, pages)[0]?.message;
      if (misfit !== undefined) return notPaged(context, at, paginated, misfit, entry);
      return write(context, entry, pages, scheme);
    }
    if (paginated === undefined && entry.method !== "get") return;
    for (const scheme of schemes) {
      const pages = adapted(document, whole, scheme.pages);
      if (!resembles(document, whole, scheme)) continue;
      const misfit = typeof pages === "string" ? pages : misfitsOf(document, whole, pages)[0]?.message;
      if (misfit === undefined) return write(context, entry, pages, scheme);
      return notPaged(context, scheme.at, scheme.name, misfit, entry);
    }
    if (paginated === true)
      notPaged(context, at, true, "no pagination scheme has the parameters and the answer it has.", entry);
  };
}

/** Marks in the document don't make a list of what the configuration says is none. */
function forgetMarks(document: OpenAPIDocument, { operation }: OperationEntry, whole: JsonObject): void {
  const parameters = asArray(whole.parameters).map((each) => asObject(dereference(document, each)));
  const schemaOf = ({ schema }: JsonObject) => asObject(dereference(document, schema));
  if (!parameters.some((each) => each[markKey] !== undefined || schemaOf(each)[markKey] !== undefined))
    return;
  operation.parameters = parameters.map(({ [markKey]: _, ...parameter }) => {
    const { [markKey]: mark, ...schema } = schemaOf(parameter);
    return mark === undefined ? parameter : { ...parameter, schema };
  });
}

function notPaged(
  context: Context,
  at: string,
  before: unknown,
  misfit: string,
  { pointer }: OperationEntry,
): void {
  context.unused(at, before, `a call gives one answer, not all pages: ${misfit}`, pointer);
}

function write({ change }: Context, entry: OperationEntry, pages: unknown, scheme: Scheme): void {
  const given = entry.operation["x-hawser-pages"];
  const pointer = `${entry.pointer}/x-hawser-pages`;
  const said = `its scheme${scheme.name === undefined ? "" : ` "${scheme.name}"`} says it`;
  if (given === undefined) {
    entry.operation["x-hawser-pages"] = pages;
    change(scheme.at, { pointer, after: pages, reason: `${said}.` });
  } else if (JSON.stringify(given) !== JSON.stringify(pages)) {
    change(scheme.at, {
      pointer,
      before: pages,
      after: given,
      reason: `${said}, and x-hawser-pages goes before it.`,
    });
  }
}

/** The pages of a scheme without what it can do without and an operation doesn't have: lengths, totals, a flag of more. */
function adapted(
  document: OpenAPIDocument,
  operation: JsonObject,
  pages: PagesExtension | string,
): PagesExtension | string {
  if (typeof pages === "string") return pages;
  const { limit, hasMore, total, ...needed } = pages;
  const schema = jsonAnswers(document, operation)[0]?.media.schema ?? {};
  const isThere = (place: string | undefined) =>
    place !== undefined && schemasAt(document, schema, place).length > 0;
  return {
    ...needed,
    ...(limit !== undefined && parameterNames(document, operation, "query").includes(limit) && { limit }),
    ...(isThere(hasMore) && { hasMore }),
    ...(isThere(total) && { total }),
  } as PagesExtension;
}

/** Whether an operation has everything a scheme describes: then it is one of its lists without being told. */
function resembles(
  document: OpenAPIDocument,
  operation: JsonObject,
  { parameters, places }: Scheme,
): boolean {
  if (places.length === 0) return false;
  const queries = parameterNames(document, operation, "query");
  if (!parameters.every((name) => queries.includes(name))) return false;
  const answers = jsonAnswers(document, operation);
  return (
    answers.length === 1 && places.every((place) => isDescribed(document, answers[0]?.media.schema, place))
  );
}

/** Whether a place of an answer is described, and not only possible. */
export function isDescribed(document: OpenAPIDocument, schema: unknown, place: string): boolean {
  const found = schemasAt(document, schema ?? {}, place === "" ? "/0" : place.replaceAll("/-/", "/0/"));
  return found.length > 0 && found.every(({ holder }) => holder !== undefined);
}

function schemesIn(context: Context): Scheme[] {
  const { pagination } = context.config;
  const list = Array.isArray(pagination)
    ? pagination
    : pagination === undefined || pagination === null
      ? []
      : [pagination];
  return list.map((value: unknown, index) => {
    const scheme = asObject(value);
    const at = Array.isArray(pagination) ? `#/pagination/${index}` : "#/pagination";
    return schemeFrom(scheme, at);
  });
}

function schemeFrom(scheme: JsonObject, at: string): Scheme {
  const type = scheme.type as PageType;
  const request = Object.entries(asObject(scheme.request)).map(([name, value]) => ({
    name,
    ...asObject(value),
  }));
  const response = asObject(scheme.response);
  // A configuration refers to nothing but itself.
  const nowhere: OpenAPIDocument = { openapi: "3.1.0" };
  const isList = response.type === "array" && response.items !== undefined;
  const members = isList ? [] : [...membersOf(nowhere, { properties: response })];
  const parameters = new Map<string, string>();
  for (const { name, [markKey]: mark } of request as readonly (JsonObject & { name: string })[]) {
    const { purpose } = asObject(mark);
    if (typeof purpose === "string" && !parameters.has(purpose)) parameters.set(purpose, name);
  }
  const places = responseRoles(members);
  if (isList) places.set("items", "");
  const names = request.map(({ name }) => name);
  const unmarked = members.filter(({ mark }) => mark.purpose === undefined);
  for (const [purpose, words] of Object.entries(usualNames)) {
    const name = words.find((word) => names.includes(word));
    if (name !== undefined && purpose === leading[type] && !parameters.has(purpose))
      parameters.set(purpose, name);
    const member = unmarked.find((each) => words.includes(each.name));
    if (member !== undefined && !places.has(purpose)) places.set(purpose, member.pointer);
  }
  const lists = unmarked.filter(({ schema }) => schema.type === "array");
  if (!places.has("items") && lists.length === 1) places.set("items", lists[0]?.pointer ?? "");
  const limit = lengthAmong(names);
  const lead = request.find(({ name }) => name === parameters.get(leading[type] ?? ""));
  const firstPage = lead === undefined ? undefined : firstPageOf(lead as JsonObject);
  const roles: PageRoles = {
    request: parameters,
    response: places,
    ...(limit !== undefined && { limit }),
    ...(firstPage !== undefined && { firstPage }),
  };
  const inBody = scheme.param_location === "body";
  const isNeeded = ({ required }: JsonObject) => required !== false;
  return {
    name: typeof scheme.name === "string" ? scheme.name : undefined,
    at,
    pages: inBody ? "its parameters stand in the body of the request." : pagesFromRoles(type, roles),
    parameters: (request as readonly (JsonObject & { name: string })[])
      .filter((member) => isNeeded(asObject(member[markKey])))
      .map(({ name }) => name),
    places: isList
      ? [""]
      : members
          .filter(({ mark }) => isNeeded(mark) && mark.from_header === undefined)
          .map(({ pointer, mark }) => (mark.is_top_level_array === true ? "" : pointer)),
  };
}
