import { expect, test } from "vitest";
import { operation, runPass } from "../../test/documents.ts";
import { operationsOf } from "../document.ts";
import { sharedNames } from "./shared-names.ts";

function left(parameters: string) {
  const given = operation(`parameters: [${parameters}]`);
  const { changes, problems } = runPass(sharedNames, given);
  const [entry] = operationsOf(given);
  return { parameters: entry?.operation.parameters, changes, problems };
}
const of = (name: string, place: string, required = false, more = "") =>
  `{ name: ${name}, in: ${place}, required: ${required}${more} }`;
const inPlace = (name: string, place: string, required = false) => ({ name, in: place, required });

test("of parameters of one name that of the query is kept", () => {
  const { parameters, changes, problems } = left(
    [of("id", "cookie"), of("id", "header"), of("id", "query"), of("id", "path", true)].join(),
  );
  expect(parameters).toEqual([inPlace("id", "query"), inPlace("id", "path", true)]);
  expect(changes.map(({ pointer, before }) => [pointer, before])).toEqual([
    ["#/paths/~1things/post/parameters", { name: "id", in: "cookie" }],
    ["#/paths/~1things/post/parameters", { name: "id", in: "header" }],
  ]);
  expect(problems).toEqual([]);
});

test("of parameters of one name the required one is kept", () => {
  expect(left([of("id", "query"), of("id", "header", true)].join()).parameters).toEqual([
    inPlace("id", "header", true),
  ]);
});

test("two that are required are sent one value", () => {
  const { parameters, problems } = left([of("id", "query", true), of("id", "header", true)].join());
  expect(parameters).toHaveLength(2);
  expect(problems).toEqual([]);
});

test("two that are required and differ are a problem", () => {
  const number = ", schema: { type: integer }";
  expect(left([of("id", "query", true), of("id", "header", true, number)].join()).problems).toEqual([
    '#/paths/~1things/post: it needs "id" in query and in header, and a call gives one value of that name: make one of them optional with an overlay.',
  ]);
});

test("names that differ are left alone", () => {
  const { parameters, changes } = left([of("id", "query"), of("Id", "header")].join());
  expect(parameters).toHaveLength(2);
  expect(changes).toEqual([]);
});
