import { expect, test } from "vitest";
import { operation, runPass } from "../../test/documents.ts";
import { security } from "./security.ts";

const schemes =
  "{ securitySchemes: { digest: { type: http, scheme: Digest }, key: { type: http, scheme: bearer } } }";
const here = "#/paths/~1things/post/security";

test("a way to authenticate that can't be sent is left out where there is another", () => {
  const given = operation("security: [{ digest: [] }, { key: [], digest: [] }, { key: [] }]", schemes);
  const { changes, problems } = runPass(security, given);
  expect(problems).toEqual([]);
  expect(changes.map(({ pointer, after }) => [pointer, after])).toEqual([
    [here, [{ key: [] }]],
    ["#/components/securitySchemes/digest", undefined],
  ]);
  expect(given.components).toEqual({ securitySchemes: { key: { type: "http", scheme: "bearer" } } });
});

test("one that nothing asks for is left out", () => {
  const given = operation("security: [{ key: [] }]", schemes);
  expect(runPass(security, given).changes.map(({ pointer }) => pointer)).toEqual([
    "#/components/securitySchemes/digest",
  ]);
});

test("one that is the only way is a problem of what asks for it", () => {
  const want =
    'it asks for "digest" with the scheme "Digest", but a client sends "bearer" and "basic" alone: give it another security with an overlay, or none (`security: []`) if every call brings the header itself.';
  expect(runPass(security, operation("security: [{ digest: [] }]", schemes)).problems).toEqual([
    `${here}: ${want}`,
  ]);
  const whole = { ...operation("", schemes), security: [{ digest: [] }] };
  expect(runPass(security, whole).problems).toEqual([`#/security: ${want}`]);
});

test("a document whose schemes can all be sent stays as it is", () => {
  const given = operation(
    "security: [{ key: [] }]",
    "{ securitySchemes: { key: { type: http, scheme: Basic } } }",
  );
  expect(runPass(security, given)).toEqual({ changes: [], problems: [] });
});
