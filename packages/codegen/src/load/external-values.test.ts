import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { fixtures, withFolder } from "../../test/documents.ts";
import type { DocumentError } from "../document-error.ts";
import { resolvePointer } from "../json.ts";
import { absoluteExternalValues } from "./external-values.ts";
import { loadDocument } from "./load-document.ts";

const content = "#/paths/~1ships/get/responses/200/content";
const folder = join(fixtures, "harbour");

test.each<[string, { given: string; want: unknown }]>([
  [
    "a JSON file becomes the value it holds",
    {
      given: "application~1json/examples/json",
      want: { value: { name: "Argo", externalValue: "not a file" } },
    },
  ],
  [
    "a text file becomes its text, relative to the file the example stands in",
    {
      given: "text~1plain/examples/text",
      want: { value: 'data: {"name":"Argo"}\n\ndata: [DONE]\n\n' },
    },
  ],
  [
    "a binary file stays a URL",
    {
      given: "image~1png/examples/binary",
      want: { externalValue: pathToFileURL(join(folder, "examples/ship.png")).href },
    },
  ],
  [
    "a web address stays a URL",
    { given: "image~1png/examples/remote", want: { externalValue: "https://example.com/ship.png" } },
  ],
])("%s", async (_name, { given, want }) => {
  const { document } = await loadDocument(join(folder, "openapi.yaml"));
  expect(resolvePointer(document, `${content}/${given}`)).toEqual(want);
});

test("an example of another file is relative to that file", async () => {
  const { document } = await loadDocument(join(folder, "openapi.yaml"));
  expect(resolvePointer(document, "#/components/examples/Shared")).toEqual({
    value: { name: "Argo", externalValue: "not a file" },
  });
});

test("a word externalValue in data is left alone", () => {
  const file = { value: { externalValue: "a.json" }, properties: { externalValue: { type: "string" } } };
  absoluteExternalValues(file, "/harbour/x.yaml");
  expect(file).toEqual({
    value: { externalValue: "a.json" },
    properties: { externalValue: { type: "string" } },
  });
});

test.each<[string, { given: Record<string, string>; want: RegExp }]>([
  [
    "a missing example file is a problem",
    { given: {}, want: /the example file .*one\.json can't be read\.$/ },
  ],
  [
    "an example file that is not JSON is a problem",
    { given: { "one.json": "{" }, want: /the example file .*one\.json is not JSON: / },
  ],
])("%s", async (_name, { given, want }) => {
  const yaml =
    "openapi: 3.2.0\ninfo: { title: T, version: 1.0.0 }\npaths: {}\ncomponents: { examples: { One: { externalValue: one.json } } }\n";
  const message = await withFolder({ ...given, "openapi.yaml": yaml }, (path) =>
    loadDocument(join(path, "openapi.yaml")).then(
      () => "",
      (error: DocumentError) => error.message,
    ),
  );
  expect(message).toMatch(want);
});
