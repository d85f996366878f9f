import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { InvalidSchemaError, jsonSchema } from "../index.ts";
import { defineTool } from "./define-tool.ts";

const execute = () => "sun";

describe("the arguments", () => {
  it("have the type of the schema: zod, valibot, arktype, or what is said of a JSON Schema", () => {
    defineTool({
      name: "a",
      parameters: z.object({ city: z.string(), days: z.number().default(1) }),
      execute: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string; days: number }>(),
    });
    defineTool({
      name: "b",
      parameters: toStandardJsonSchema(v.object({ city: v.string(), days: v.optional(v.number()) })),
      execute: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string; days?: number | undefined }>(),
    });
    defineTool({
      name: "c",
      parameters: type({ city: "string", "days?": "number" }),
      needsApproval: (input) => input.city === "Oslo",
      execute: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string; days?: number }>(),
    });
    defineTool({
      name: "d",
      parameters: jsonSchema<{ city: string }>({ type: "object" }),
      execute: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string }>(),
    });
    defineTool({
      name: "e",
      execute: (input) => expectTypeOf(input).toEqualTypeOf<Record<string, never>>(),
    });
  });
});

describe("the definition", () => {
  it("is what requests carry, without what a tool needn't say", () => {
    const parameters = z.object({ city: z.string() });
    const tool = defineTool({ name: "weather", description: "Tells it.", parameters, execute });
    expect(tool.definition).toEqual({
      type: "function",
      function: {
        name: "weather",
        description: "Tells it.",
        parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
      },
    });
    expect(defineTool({ name: "now", execute }).definition).toEqual({
      type: "function",
      function: {
        name: "now",
        parameters: { type: "object", properties: {}, additionalProperties: false },
      },
    });
  });

  it("is strict when asked for", () => {
    const parameters = z.object({ city: z.string().optional() });
    const { definition } = defineTool({ name: "weather", parameters, strict: true, execute });
    expect(definition).toMatchObject({ function: { strict: true, parameters: { required: ["city"] } } });
  });
});

describe("what is wrong is said at once", () => {
  it.each(["", "get weather", "a".repeat(65), "wéather"])("a name that is none: %j", (name) => {
    expect(() => defineTool({ name, execute })).toThrow(/letters, digits, underscores and hyphens/);
  });

  it("a timeout that is none", () => {
    expect(() => defineTool({ name: "a", timeout: 0, execute })).toThrow(/more than 0 ms/);
  });

  it("a schema that doesn't say itself as JSON Schema", () => {
    // @ts-expect-error: valibot's schemas need toStandardJsonSchema
    expect(() => defineTool({ name: "a", parameters: v.object({}), execute })).toThrow(
      /toStandardJsonSchema/,
    );
  });

  it("a plain JSON Schema", () => {
    // @ts-expect-error: it needs jsonSchema
    expect(() => defineTool({ name: "a", parameters: { type: "object" }, execute })).toThrow(/jsonSchema\(/);
  });

  it("what JSON Schema has no word for, with the words of the library", () => {
    const parameters = z.object({ when: z.date() });
    expect(() => defineTool({ name: "a", parameters, execute })).toThrow(/tool a can't be said.*\n- Date/);
  });

  it("arguments that are no object", () => {
    const parameters = z.array(z.string());
    expect(() => defineTool({ name: "a", parameters, execute })).toThrow(InvalidSchemaError);
  });

  it("what strict mode has no word for, with its place", () => {
    const parameters = z.object({ names: z.record(z.string(), z.string()) });
    expect(() => defineTool({ name: "a", parameters, strict: true, execute })).toThrow(
      /tool a can't be said in strict mode:\n- \/properties\/names/,
    );
  });
});
