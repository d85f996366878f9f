import { jsonAnswers } from "../answers.ts";
import { type OpenAPIDocument, operationsOf } from "../document.ts";
import type { Pages } from "../ir/ir.ts";
import { asObject, isObject, type JsonObject } from "../json.ts";
import { type SchemaPlace, schemasAt } from "../schema-at.ts";
import { streams } from "./foreign-streams.ts";
import { nameInPlace } from "./name-in-place.ts";
import { parameterNames } from "./parameter-names.ts";
import type { Pass } from "./report.ts";

/** What `x-hawser-pages` says: all that the representation holds but the schema of an item. */
export type PagesExtension = Omit<Pages, "item">;

/** Members that mean something with one scheme alone, those it needs first. */
const membersOfScheme = {
  offset: { needs: ["offset"], also: [] },
  page: { needs: ["page"], also: ["firstPage"] },
  cursor: { needs: ["cursor", "nextCursor"], also: [] },
  none: { needs: [], also: [] },
} as const;
const parameters = ["offset", "limit", "page", "cursor"] as const;
const pointers = ["items", "nextCursor", "hasMore", "total"] as const;

/** What `x-hawser-pages` names is there, goes with its scheme, and an item of the list has a type with a name. */
export const pages: Pass = (document, report) => {
  for (const { operation, pointer } of operationsOf(document)) {
    const given = operation["x-hawser-pages"];
    if (!isObject(given)) continue;
    const problems = misfitsOf(document, operation, given as unknown as PagesExtension);
    for (const { member, message } of problems)
      report.problem(`${pointer}/x-hawser-pages${member === undefined ? "" : `/${member}`}`, message);
    for (const place of itemsOf(document, operation)) nameInPlace(document, place, "pages", report);
  }
};

/** One thing about `x-hawser-pages` that doesn't fit the operation, and at which of its members. */
export interface Misfit {
  readonly member?: keyof PagesExtension;
  readonly message: string;
}

/** Why an operation can't be gone through as said. */
export function misfitsOf(
  document: OpenAPIDocument,
  operation: JsonObject,
  extension: PagesExtension,
): Misfit[] {
  const misfits = schemeMisfits(extension);
  const queries = parameterNames(document, operation, "query");
  for (const member of parameters) {
    const name = extension[member];
    if (name === undefined || queries.includes(name)) continue;
    const others = queries.length === 0 ? "it has none" : `it has ${queries.join(", ")}`;
    misfits.push({ member, message: `the operation has no query parameter "${name}": ${others}.` });
  }
  if (streams(document, operation))
    misfits.push({
      message: "it takes an operation that never streams: a list is gone through page by page.",
    });
  const answers = jsonAnswers(document, operation);
  if (answers.length !== 1) {
    const message = `it takes an operation with one JSON answer, this one has ${answers.length}.`;
    return [...misfits, { message }];
  }
  const schema = answers[0]?.media.schema ?? {};
  for (const member of pointers) {
    const place = member === "nextCursor" ? cursorPlace(extension) : extension[member];
    if (place === undefined || schemasAt(document, schema, place).length > 0) continue;
    const where = place === "" ? "schema" : place;
    misfits.push({ member, message: `the answer has no ${where}: correct the pointer or the schema.` });
  }
  const { items } = extension;
  const isThere = schemasAt(document, schema, items).length > 0;
  if (isThere && schemasAt(document, schema, `${items}/0`).length === 0)
    misfits.push({ member: "items", message: `what is at ${items || "the top of the answer"} is no list.` });
  return misfits;
}

/** Where a next cursor is: `-` in the place of an item stands for the last of the page, and is like any other. */
function cursorPlace({ items, nextCursor }: PagesExtension): string | undefined {
  const last = `${items}/-`;
  if (nextCursor !== last && nextCursor?.startsWith(`${last}/`) !== true) return nextCursor;
  return `${items}/0${nextCursor.slice(last.length)}`;
}

/** The schemas of an item of the list an operation gives in pages, by `x-hawser-pages`. */
export function itemsOf(document: OpenAPIDocument, operation: JsonObject): SchemaPlace[] {
  const { items } = asObject(operation["x-hawser-pages"]);
  const [answer] = jsonAnswers(document, operation);
  if (typeof items !== "string" || answer === undefined) return [];
  return schemasAt(document, answer.media.schema ?? {}, `${items}/0`);
}

function schemeMisfits(given: PagesExtension): Misfit[] {
  const { needs, also } = membersOfScheme[given.scheme];
  const missing = needs.filter((name) => given[name] === undefined);
  const own: readonly string[] = [...needs, ...also];
  const foreign = Object.entries(membersOfScheme).flatMap(([scheme, members]) =>
    [...members.needs, ...members.also]
      .filter((name) => given[name] !== undefined && !own.includes(name))
      .map((member) => ({
        member,
        message: `"${member}" belongs to the scheme "${scheme}", and this one is "${given.scheme}".`,
      })),
  );
  return [
    ...missing.map((name) => ({ message: `the scheme "${given.scheme}" needs "${name}".` })),
    ...foreign,
  ];
}
