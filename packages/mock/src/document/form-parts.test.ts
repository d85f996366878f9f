import { expect, test } from "vitest";
import { formPartsOf } from "./form-parts.ts";

test("parts are read as what their schemas say", () => {
  const document = {
    components: { schemas: { Size: { type: "integer" }, Base: { properties: { file: {} } } } },
  };
  const schema = {
    allOf: [{ $ref: "#/components/schemas/Base" }],
    properties: {
      size: { $ref: "#/components/schemas/Size" },
      ratio: { type: ["number", "null"] },
      verbose: { type: "boolean" },
      options: { type: "object" },
      images: { type: "array", items: { type: "string", format: "binary" } },
      either: { anyOf: [{ type: "string" }, { $ref: "#/components/schemas/Size" }] },
    },
  };
  expect(formPartsOf(document, schema)).toEqual({
    file: { type: "string" },
    size: { type: "number" },
    ratio: { type: "number" },
    verbose: { type: "boolean" },
    options: { type: "object" },
    images: { type: "array", items: "string" },
    either: { type: "string" },
  });
});
