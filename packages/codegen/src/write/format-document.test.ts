import { expect, test } from "vitest";
import { parse } from "yaml";
import { document } from "../../test/documents.ts";
import { formatDocument } from "./format-document.ts";

const given = document(
  'info: { title: "yes", version: "1.0" }\npaths: {}\nx-list: ["1e3", "null", "2020-01-01"]',
);

test("what is written is what is read again, as YAML and as JSON", () => {
  expect(parse(formatDocument(given, "a.yaml"))).toEqual(given);
  expect(JSON.parse(formatDocument(given, "a.json"))).toEqual(given);
});

test("two places that hold the same object are both written out", () => {
  const shared = { type: "string" };
  const text = formatDocument({ ...given, components: { schemas: { A: shared, B: shared } } }, "a.yaml");
  expect(text).not.toMatch(/[&*]/);
});
