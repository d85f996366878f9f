import { bundleFromString, createConfig } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { createBigDocument } from "../../test/big-document.ts";
import { cloneJson } from "../json.ts";
import { isSelfContained } from "./self-contained.ts";

const components = { schemas: { Tug: { type: "object" } } };

test.each<[string, { given: object; want: boolean }]>([
  ["a document without references is", { given: {}, want: true }],
  [
    "references to what stands in it are",
    { given: { a: [{ $ref: "#/components/schemas/Tug" }] }, want: true },
  ],
  [
    "a reference that leads nowhere is not",
    { given: { a: { $ref: "#/components/schemas/Ship" } }, want: false },
  ],
  ["a reference to a file is not", { given: { a: { $ref: "tug.yaml#/Tug" } }, want: false }],
  ["a reference to an anchor is not", { given: { a: { $ref: "#tug" } }, want: false }],
  ["a member called $ref is", { given: { properties: { $ref: { type: "string" } } }, want: true }],
  [
    "a discriminator that maps to schemas of the document is",
    { given: { mapping: { a: "Tug", b: "#/components/schemas/Tug" } }, want: true },
  ],
  ["a discriminator that maps to a file is not", { given: { mapping: { a: "./tug.yaml" } }, want: false }],
  [
    "a discriminator that falls back on a file is not",
    { given: { defaultMapping: "tug.yaml" }, want: false },
  ],
  ["a member called mapping is", { given: { properties: { mapping: { type: "string" } } }, want: true }],
  ["an example in a file is not", { given: { examples: { a: { externalValue: "a.json" } } }, want: false }],
])("%s", (_name, { given, want }) => {
  expect(isSelfContained({ ...given, components })).toBe(want);
});

test("bundling leaves a document that is in one piece as it is", async () => {
  const document = JSON.parse(createBigDocument(3).text) as object;
  expect(isSelfContained(document)).toBe(true);
  const before = cloneJson(document);
  const bundled = await bundleFromString({
    source: JSON.stringify(document),
    config: await createConfig({}),
  });
  expect(bundled.problems).toEqual([]);
  expect(bundled.bundle.parsed).toEqual(before);
});
