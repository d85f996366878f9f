import { expect, test } from "vitest";
import { operation, runPass } from "../../test/documents.ts";
import { uploads } from "./uploads.ts";

const here = "#/paths/~1things/post/x-hawser-upload";
const asked = (
  given: string,
  parameters = "{ name: type, in: query, required: true }, { name: ext, in: query }",
) =>
  operation(`
x-hawser-upload: ${given}
parameters: [${parameters}]
responses: { 200: { content: { application/json: { schema: { type: object, properties: { to: {}, at: {} } } } } } }
`);

test("a sound upload is no problem", () => {
  const doc = asked("{ method: upload, url: /to, result: /at, contentType: type, extension: ext }");
  expect(runPass(uploads, doc)).toEqual({ changes: [], problems: [] });
});

test("places and parameters that aren't there, and what nobody gives, are problems", () => {
  const doc = asked(
    "{ method: upload, url: /put, result: /get, contentType: mime, extension: ext }",
    "{ name: bucket, in: query, required: true }, { name: ext, in: query }",
  );
  expect(runPass(uploads, doc).problems).toEqual([
    `${here}/url: the data of run has no /put: correct the pointer or the schema.`,
    `${here}/result: the data of run has no /get: correct the pointer or the schema.`,
    `${here}/contentType: the operation has no query parameter "mime".`,
    `${here}: it isn't given bucket, which the operation requires.`,
  ]);
});
