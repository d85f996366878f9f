import { expect, test } from "vitest";
import { document, representationOf } from "../../../test/documents.ts";
import { identifiersIn, importsFor } from "./imports.ts";

test.each<[string, { given: string; want: string[] }]>([
  ["names in code", { given: "a(b): C<D>", want: ["a", "b", "C", "D"] }],
  ["none in comments", { given: "/* a */ b // c\n/** d\n * e */", want: ["b"] }],
  ["none in strings, whatever they hold", { given: 'x = "a // \\" b"; y = "/*"; z', want: ["x", "y", "z"] }],
  ["no members", { given: "this.#client.request", want: ["this"] }],
  ["names in any alphabet, whole", { given: "Modèle 模型", want: ["Modèle", "模型"] }],
])("identifiers: %s", (_name, { given, want }) => {
  expect([...identifiersIn(given)]).toEqual(want);
});

const ir = representationOf(document("components: { schemas: { Video: {}, Vid: {}, Model: {} } }"));
const from = { runtime: "@hawser/runtime", schema: "./schema.ts" };

test("only what is used is imported, by type where nothing is needed as a value", () => {
  expect(importsFor(ir, "x(client: Client): APIPromise<Video>", from)).toBe(
    'import type { APIPromise, Client } from "@hawser/runtime";\nimport type { Video } from "./schema.ts";\n',
  );
});

test("values are imported beside types, renamed if asked", () => {
  const values = ["EventStream", "createClient as createServiceClient"];
  expect(importsFor(ir, "createServiceClient(); type: EventStream; x: Client", { ...from, values })).toBe(
    'import { type Client, EventStream, createClient as createServiceClient } from "@hawser/runtime";\n',
  );
});

test("nothing used is no import", () => {
  expect(importsFor(ir, "1 + 1", from)).toBe("");
});
