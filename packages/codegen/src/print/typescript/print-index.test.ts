import { expect, test } from "vitest";
import { clientOf, document, textOf } from "../../../test/documents.ts";
import { indexNames } from "./print-index.ts";

test("the index exports the client, every type, and what users need of the runtime", async () => {
  const text = textOf(await clientOf(document("x-hawser-client: { name: Harbour }")), "index.ts");
  expect(text).toContain(
    'export { Harbour, type HarbourOptions } from "./client.js";\nexport type * from "./schema.js";\n',
  );
  expect([...text.matchAll(/^ {2}(?:type )?(\w+),$/gm)].map(([, name]) => name)).toEqual([...indexNames]);
});

test("a schema goes before an export of the runtime that has its name", async () => {
  const text = textOf(
    await clientOf(document("components: { schemas: { APIError: {}, RateLimit: {} } }")),
    "index.ts",
  );
  expect(text).not.toMatch(/^ {2}(type )?(APIError|RateLimit),$/m);
  expect(text).toMatch(/^ {2}StreamError,$/m);
});
