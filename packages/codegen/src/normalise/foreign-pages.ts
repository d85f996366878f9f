import { operationsOf } from "../document.ts";
import { asArray, asObject, isObject, type JsonObject, joinPointer } from "../json.ts";
import { markedPages, markKey } from "../stainless/page-marks.ts";
import { misfitsOf, type PagesExtension } from "./pages.ts";
import type { Pass } from "./report.ts";

const keys = ["x-speakeasy-pagination", "x-fern-pagination"] as const;

/**
 * What other generators' keys say of pages is written as `x-hawser-pages`, unless that is there already. What they say
 * and can't be said so, or doesn't fit the operation, is left alone and told: such a list is an ordinary call.
 */
export const foreignPages: Pass = (document, report) => {
  for (const { operation, pointer } of operationsOf(document)) {
    if (operation["x-hawser-pages"] !== undefined) continue;
    const key = keys.find((name) => operation[name] !== undefined && operation[name] !== false);
    const marked = key === undefined ? markedPages(document, operation) : undefined;
    if (key === undefined && marked === undefined) continue;
    const before =
      key === undefined ? marked?.said : operation[key] === true ? document[key] : operation[key];
    const pages = marked?.pages ?? (key === "x-fern-pagination" ? fromFern(before) : fromSpeakeasy(before));
    const misfit = typeof pages === "string" ? pages : misfitsOf(document, operation, pages)[0]?.message;
    if (misfit === undefined) operation["x-hawser-pages"] = pages;
    report.change({
      rule: "foreign-pages",
      pointer:
        misfit !== undefined && key === undefined
          ? pointer
          : `${pointer}/${misfit === undefined ? "x-hawser-pages" : key}`,
      before,
      ...(misfit === undefined && { after: pages }),
      reason: misfit === undefined ? `${key ?? markKey} says it.` : `It is not read as pages: ${misfit}`,
    });
  }
};

/** Pages, or the reason why there are none. */
type Outcome = PagesExtension | string;

/**
 * `{ type, inputs: [{ name, in: parameters, type: offset | page | limit | cursor }], outputs: { results, nextCursor } }`,
 * the outputs as JSONPath.
 *
 * @see https://www.speakeasy.com/docs/customize-sdks/pagination
 */
function fromSpeakeasy(value: unknown): Outcome {
  const { type, inputs, outputs } = asObject(value);
  if (type !== "offsetLimit" && type !== "cursor")
    return `the type ${JSON.stringify(type)} has no scheme here.`;
  const names: Record<string, string> = {};
  for (const { name, in: place, type: role } of asArray(inputs).map(asObject)) {
    if (place === "requestBody") return `"${String(name)}" stands in the request body.`;
    names[String(role)] = String(name);
  }
  const items = pointerFrom(asObject(outputs).results, "$");
  const nextCursor = pointerFrom(asObject(outputs).nextCursor, "$");
  if (items === undefined) return "it doesn't say by plain names where the items are.";
  const limit = names.limit === undefined ? {} : { limit: names.limit };
  if (type === "cursor") {
    if (names.cursor === undefined) return "it names no parameter for the cursor.";
    if (nextCursor === undefined) return "it doesn't say by plain names where the next cursor is.";
    return { scheme: "cursor", items, cursor: names.cursor, ...limit, nextCursor };
  }
  if (names.page !== undefined) return { scheme: "page", items, page: names.page, ...limit };
  return names.offset === undefined
    ? "it names no parameter for the page or the offset."
    : { scheme: "offset", items, offset: names.offset, ...limit };
}

/**
 * `{ cursor, next_cursor, results }` or `{ offset, results, step?, "has-next-page"? }`, as `$request.…` and
 * `$response.…`. An offset with a step counts items, one without counts pages.
 *
 * @see https://buildwithfern.com/learn/api-definitions/openapi/extensions/pagination
 */
function fromFern(value: unknown): Outcome {
  if (!isObject(value)) return "nothing is said about it at the top of the document.";
  const { results, cursor, next_cursor: next, offset, step } = value;
  const items = pointerFrom(results, "$response");
  if (items === undefined) return "it doesn't say by plain names where the items are.";
  const more = pointerFrom(value["has-next-page"], "$response");
  const hasMore = more === undefined ? {} : { hasMore: more };
  if (cursor !== undefined) {
    const name = parameterFrom(value, "cursor");
    const nextCursor = pointerFrom(next, "$response");
    if (name === undefined || nextCursor === undefined)
      return "it doesn't say by plain names where the cursors are.";
    return { scheme: "cursor", items, cursor: name, nextCursor, ...hasMore };
  }
  if (offset === undefined) return "it has neither a cursor nor an offset.";
  const name = parameterFrom(value, "offset");
  if (name === undefined) return "it doesn't say by a plain name what the offset is.";
  if (step === undefined) return { scheme: "page", items, page: name, ...hasMore };
  const limit = parameterFrom(value, "step");
  return { scheme: "offset", items, offset: name, ...(limit !== undefined && { limit }), ...hasMore };
}

function parameterFrom(value: JsonObject, member: string): string | undefined {
  const pointer = pointerFrom(value[member], "$request");
  return pointer === undefined || pointer.lastIndexOf("/") > 0 ? undefined : pointer.slice(1);
}

/** `$.data.items` → `/data/items`; `undefined` for a path with more than names in it. */
function pointerFrom(path: unknown, root: string): string | undefined {
  if (path === root) return "";
  if (typeof path !== "string" || !path.startsWith(`${root}.`)) return undefined;
  const names = path.slice(root.length + 1).split(".");
  return names.every((name) => /^[\w-]+$/.test(name)) ? joinPointer("", ...names) : undefined;
}
