import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { fixtures, withFolder } from "../../test/documents.ts";
import type { DocumentError } from "../document-error.ts";
import { asObject, resolvePointer } from "../json.ts";
import { loadDocument } from "./load-document.ts";

const harbour = join(fixtures, "harbour", "openapi.yaml");
const head = "openapi: 3.2.0\ninfo: { title: T, version: 1.0.0 }\npaths: {}\n";

/** The problems of a folder of files, read from `openapi.yaml`, with the folder's own path left out. */
function problemsOf(files: Record<string, string>): Promise<string[]> {
  return withFolder(files, (folder) =>
    loadDocument(join(folder, "openapi.yaml")).then(
      () => [],
      (error: DocumentError) => error.message.split("\n").map((line) => line.replaceAll(`${folder}/`, "")),
    ),
  );
}

test("schemas of other files become components under their own names", async () => {
  const { document } = await loadDocument(harbour);
  const schemas = asObject(resolvePointer(document, "#/components/schemas"));
  expect(Object.keys(schemas)).toEqual(["Crew", "Ship", "Person", "Ship-2"]);
  expect(resolvePointer(document, "#/components/schemas/Ship/properties/owner")).toEqual({
    $ref: "#/components/schemas/Person",
  });
});

test("two schemas of one name in two files both stay", async () => {
  const { document } = await loadDocument(harbour);
  expect(resolvePointer(document, "#/components/schemas/Crew/properties/tug")).toEqual({
    $ref: "#/components/schemas/Ship-2",
  });
  expect(resolvePointer(document, "#/components/schemas/Ship-2/properties/power")).toEqual({
    type: "number",
  });
});

test("a schema that refers to itself in its own file refers to its component", async () => {
  const { document } = await loadDocument(harbour);
  expect(resolvePointer(document, "#/components/schemas/Ship/properties/next")).toEqual({
    $ref: "#/components/schemas/Ship",
  });
});

test("the files a document was read from are listed, the root first", async () => {
  const { files, source } = await loadDocument(harbour);
  expect(source).toBe(harbour);
  expect(files.map((file) => file.replace(join(fixtures, "harbour/"), ""))).toEqual([
    "openapi.yaml",
    "examples/all.yaml",
    "paths/ships.yaml",
    "schemas/people.yaml",
    "schemas/ships.yaml",
    "schemas/tugs.yaml",
  ]);
});

test("a file URL is read like its path", async () => {
  const byURL = await loadDocument(pathToFileURL(harbour));
  expect(byURL).toEqual(await loadDocument(harbour));
});

test("a JSON document of OpenAPI 3.0 is read", async () => {
  const { document } = await loadDocument(join(fixtures, "harbour", "harbour.json"));
  expect(document.openapi).toBe("3.0.3");
  expect(document.components).toEqual({ schemas: { Ship: { type: "object" } } });
});

test("a document that uses YAML anchors has no objects in common", async () => {
  await withFolder(
    { "openapi.yaml": `${head}components:\n  schemas:\n    A: &a { type: string }\n    B: *a\n` },
    async (folder) => {
      const { document } = await loadDocument(join(folder, "openapi.yaml"));
      const schemas = asObject(resolvePointer(document, "#/components/schemas"));
      expect(schemas.A).toEqual(schemas.B);
      expect(schemas.A).not.toBe(schemas.B);
    },
  );
});

const notOpenAPI =
  'openapi.yaml: this is not an OpenAPI 3.0, 3.1 or 3.2 document: it should begin with a line such as "openapi: 3.2.0".';

const otherVersion = (version: string) =>
  `openapi.yaml: this says "openapi: ${version}", and 3.0, 3.1 and 3.2 are read: it should begin with a line such as "openapi: 3.2.0".`;

test.each<[string, { given: Record<string, string>; want: string[] }]>([
  ["a missing file is said to be missing", { given: {}, want: ["openapi.yaml: there is no such file."] }],
  [
    "a file that does not parse is named with line and column",
    {
      given: { "openapi.yaml": `${head}x: [1,\n  2\ny: 3\n` },
      want: [
        expect.stringMatching(
          /^openapi\.yaml: this does not parse as YAML or JSON: .* \(line \d+, column \d+\)\.$/,
        ),
      ],
    },
  ],
  [
    "a file of a reference that does not parse is named once, with line and column",
    {
      given: {
        "openapi.yaml": `${head}components: { schemas: { A: { $ref: "b.yaml#/A" }, B: { $ref: "b.yaml#/B" } } }\n`,
        "b.yaml": "A: [1,\n  2\nB: 3\n",
      },
      want: [
        expect.stringMatching(
          /^b\.yaml: this does not parse as YAML or JSON: .* \(line \d+, column \d+\)\.$/,
        ),
      ],
    },
  ],
  [
    "a reference to a missing file names file, pointer, reference and remedy",
    {
      given: { "openapi.yaml": `${head}components: { schemas: { A: { $ref: "gone.yaml#/A" } } }\n` },
      want: [
        'openapi.yaml at #/components/schemas/A: the reference "gone.yaml#/A" names a file that does not exist: correct it, or add the file.',
      ],
    },
  ],
  [
    "a reference that leads nowhere names file, pointer, reference and remedy",
    {
      given: {
        "openapi.yaml": `${head}components: { schemas: { A: { $ref: "#/components/schemas/B" }, C: { items: { $ref: "c.yaml#/D" } } } }\n`,
        "c.yaml": "C: { type: string }\n",
      },
      want: [
        'openapi.yaml at #/components/schemas/A: the reference "#/components/schemas/B" leads nowhere: correct it, or describe what it names.',
        'openapi.yaml at #/components/schemas/C/items: the reference "c.yaml#/D" leads nowhere: correct it, or describe what it names.',
      ],
    },
  ],
  [
    "a reference that leads nowhere in another file is found in that file",
    {
      given: {
        "openapi.yaml": `${head}components: { schemas: { A: { $ref: "c.yaml#/C" } } }\n`,
        "c.yaml": 'C: { type: array, items: { $ref: "#/D" } }\n',
      },
      want: [
        'c.yaml at #/C/items: the reference "#/D" leads nowhere: correct it, or describe what it names.',
      ],
    },
  ],
  [
    "references that lead only to each other are each a problem",
    {
      given: {
        "openapi.yaml": `${head}components: { schemas: { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } } }\n`,
      },
      want: [
        'openapi.yaml at #/components/schemas/A: the reference "#/components/schemas/B" leads back to itself: describe what it stands for.',
        'openapi.yaml at #/components/schemas/B: the reference "#/components/schemas/A" leads back to itself: describe what it stands for.',
      ],
    },
  ],
  ["an empty file is no document", { given: { "openapi.yaml": "" }, want: [notOpenAPI] }],
  ["a list is no document", { given: { "openapi.yaml": "- a\n" }, want: [notOpenAPI] }],
  ["text is no document", { given: { "openapi.yaml": "hello" }, want: [notOpenAPI] }],
  [
    "a Swagger 2.0 document is refused, and told what to do",
    {
      given: { "openapi.yaml": "swagger: '2.0'\ninfo: {}\npaths: {}\n" },
      want: [
        "openapi.yaml: this is a Swagger 2.0 document, of which there is no client to be made: convert it to OpenAPI 3 first, with a converter such as swagger2openapi.",
      ],
    },
  ],
  [
    "a version that is a number is refused",
    { given: { "openapi.yaml": "openapi: 3.1\n" }, want: [otherVersion("3.1")] },
  ],
  [
    "a version to come is refused",
    { given: { "openapi.yaml": "openapi: 3.3.0\n" }, want: [otherVersion("3.3.0")] },
  ],
  [
    "a document that is nested without end is refused",
    {
      given: { "openapi.yaml": `{"openapi":"3.2.0","x":${"[".repeat(10_000)}${"]".repeat(10_000)}}` },
      want: ["openapi.yaml: this can't be read: it is nested more than 500 levels deep."],
    },
  ],
  [
    "an alias that holds itself is refused",
    {
      given: { "openapi.yaml": `${head}x-a: &a { b: *a }\n` },
      want: [expect.stringMatching(/^openapi\.yaml: this (can't be read|does not parse)/)],
    },
  ],
  [
    "aliases that stand for more than there is room for are refused",
    {
      given: {
        "openapi.yaml": `${head}x-0: &a0 [${"x,".repeat(99)}x]\n${[1, 2, 3, 4, 5].map((n) => `x-${n}: &a${n} [${`*a${n - 1},`.repeat(99)}*a${n - 1}]\n`).join("")}`,
      },
      want: ["openapi.yaml: this can't be read: its aliases stand for more than there is room for."],
    },
  ],
])("%s", async (_name, { given, want }) => {
  expect(await problemsOf(given)).toEqual(want);
});
