import type { ScriptedStep } from "@hawser/mock";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  type ChatCompletions,
  InvalidOutputError,
  LengthError,
  parse,
  parseStream,
  RefusalError,
} from "../src/index.ts";
import { rejection, script, sentMessages } from "./support.ts";

const schema = z.object({ city: z.string(), days: z.number().optional(), tags: z.array(z.string()) });
const question = { model: "any", messages: [{ role: "user" as const, content: "Extract it." }] };
const good = '{"city":"Oslo","days":null,"tags":["wet"]}';
const refusesForm = (word: string): ScriptedStep => ({
  status: 400,
  body: { error: { message: `This response_format type is unavailable: ${word}` } },
});

function body(
  model: { readonly requests: readonly { readonly json: unknown }[] },
  at: number,
): Record<string, unknown> {
  return model.requests[at]!.json as Record<string, unknown>;
}

describe("parse", () => {
  it.each(["hawser", "openai"] as const)(
    "asks by a strict JSON Schema, and gives what the schema reads: %s",
    async (name) => {
      const clients = await script([good]);
      const { completions } = (clients[name] as typeof clients.openai).chat;
      const output = await parse(completions, {
        ...question,
        schema,
        schemaName: "place",
        schemaDescription: "Where",
      });
      expectTypeOf(output.value).toEqualTypeOf<{ city: string; days?: number | undefined; tags: string[] }>();
      expect(output.value).toEqual({ city: "Oslo", tags: ["wet"] });
      expect(output.mode).toBe("json_schema");
      expect(output.usage.total_tokens).toBeGreaterThan(0);
      expect(body(clients.model, 0)).toEqual({
        ...question,
        response_format: {
          type: "json_schema",
          json_schema: {
            name: "place",
            description: "Where",
            strict: true,
            schema: {
              type: "object",
              properties: {
                city: { type: "string" },
                days: { anyOf: [{ type: "number" }, { type: "null" }] },
                tags: { type: "array", items: { type: "string" } },
              },
              required: ["city", "days", "tags"],
              additionalProperties: false,
            },
          },
        },
      });
    },
  );

  it("puts what is no object into one, and takes it out again", async () => {
    const tree = z.object({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    const { hawser, model } = await script([
      '{"value":["a"]}',
      '{"value":[{"name":"a","children":[{"name":"b","children":[]}]}]}',
    ]);
    const { completions } = hawser.chat;
    expect((await parse(completions, { ...question, schema: z.array(z.string()) })).value).toEqual(["a"]);
    expect(body(model, 0).response_format).toMatchObject({
      json_schema: {
        schema: {
          type: "object",
          properties: { value: { $ref: "#/$defs/value" } },
          $defs: { value: { type: "array", items: { type: "string" } } },
        },
      },
    });
    const { value } = await parse(completions, { ...question, schema: z.array(tree) });
    expect(value[0]?.children[0]?.name).toBe("b");
  });

  it("says before anything is sent what strict mode has no word for", async () => {
    const { hawser, model } = await script([]);
    const options = { ...question, schema: z.record(z.string(), z.number()) };
    expect(await rejection(parse(hawser.chat.completions, options))).toMatchObject({
      name: "InvalidSchemaError",
      message: expect.stringContaining("strict mode"),
    });
    expect(model.requests).toHaveLength(0);
  });

  it("asks without strict mode when told to", async () => {
    const { hawser, model } = await script(['{"a":1}']);
    const options = { ...question, schema: z.record(z.string(), z.number()), strict: false };
    expect((await parse(hawser.chat.completions, options)).value).toEqual({ a: 1 });
    expect(body(model, 0)).not.toHaveProperty("response_format.json_schema.strict");
  });

  it("reads JSON in a fence", async () => {
    const { hawser } = await script([`\`\`\`json\n${good}\n\`\`\`\n`]);
    expect((await parse(hawser.chat.completions, { ...question, schema })).value.city).toBe("Oslo");
  });
});

describe("a server that lacks a form", () => {
  const toolAnswer = { toolCalls: [{ name: "answer", arguments: good }], finishReason: "stop" };

  it.each(["hawser", "openai"] as const)("is asked by the next one: %s", async (name) => {
    const clients = await script([refusesForm("json_schema"), refusesForm("json_object"), toolAnswer]);
    const { completions } = (clients[name] as typeof clients.openai).chat;
    const output = await parse(completions, { ...question, schema });
    expect(output).toMatchObject({ mode: "tool", value: { city: "Oslo" } });
    expect(body(clients.model, 1)).toMatchObject({
      response_format: { type: "json_object" },
      messages: [
        { role: "system", content: expect.stringContaining('"required":["city","days","tags"]') },
        {},
      ],
    });
    expect(body(clients.model, 2)).toMatchObject({
      messages: question.messages,
      tools: [{ type: "function", function: { name: "answer", strict: true } }],
      tool_choice: { type: "function", function: { name: "answer" } },
    });
    expect(body(clients.model, 2)).not.toHaveProperty("response_format");
  });

  it("is told the schema in the system message there is", async () => {
    const { hawser, model } = await script([good]);
    const messages = [{ role: "system" as const, content: "Be brief." }, ...question.messages];
    await parse(hawser.chat.completions, { ...question, messages, schema, mode: "json_object" });
    const [system, ...others] = sentMessages(model, 0);
    expect(system?.content).toMatch(/^Be brief\.\n\nAnswer with one JSON object/);
    expect(others).toEqual(question.messages);
  });

  it("and with it all of them, is the error of the client", async () => {
    const steps = ["json_schema", "json_object", "structured output"].map(refusesForm);
    const { hawser } = await script(steps);
    expect(await rejection(parse(hawser.chat.completions, { ...question, schema }))).toMatchObject({
      status: 400,
    });
  });

  it("is asked by no other one when the user said which", async () => {
    const { hawser, model } = await script([refusesForm("json_schema"), good]);
    const error = await rejection(
      parse(hawser.chat.completions, { ...question, schema, mode: "json_schema" }),
    );
    expect(error).toMatchObject({ status: 400 });
    expect(model.requests).toHaveLength(1);
  });

  it("is not taken for one that refuses something else", async () => {
    const { hawser, model } = await script([{ status: 400, body: { error: { message: "No such model" } } }]);
    expect(await rejection(parse(hawser.chat.completions, { ...question, schema }))).toMatchObject({
      status: 400,
    });
    expect(model.requests).toHaveLength(1);
  });
});

describe("errors", () => {
  it.each([
    ["a refusal", { refusal: "I can't." }, RefusalError, /I can't\./],
    ["a filter", { content: "{", finishReason: "content_filter" }, RefusalError, /filter/],
    [
      "the limit of tokens",
      { content: '{"city":"Os', finishReason: "length" },
      LengthError,
      /limit of tokens/,
    ],
    ["no JSON", { content: "Oslo" }, InvalidOutputError, /- it is no JSON/],
    ["nothing", { content: "" }, InvalidOutputError, /- it is empty/],
    ["another form", { content: '{"city":1,"tags":[]}' }, InvalidOutputError, /- \/city: /],
  ])("%s", async (_, answer, type, message) => {
    for (const ask of [parse, parseStream]) {
      const { hawser } = await script([answer]);
      const error = await rejection(ask(hawser.chat.completions, { ...question, schema }));
      expect(error).toBeInstanceOf(type);
      expect((error as Error).message).toMatch(message);
      expect((error as InvalidOutputError).answer.role).toBe("assistant");
      expect(JSON.stringify(error)).not.toContain('"role"');
    }
  });
});

describe("a repair turn", () => {
  it("tells the model what is wrong, once", async () => {
    const { hawser, model } = await script(['{"city":1}', good]);
    const output = await parse(hawser.chat.completions, { ...question, schema, repair: true });
    expect(output.value.city).toBe("Oslo");
    expect(sentMessages(model, 1).slice(1)).toEqual([
      { role: "assistant", content: '{"city":1}' },
      { role: "user", content: expect.stringMatching(/doesn't fit the schema:\n- \/city: .*\n- \/tags: /) },
    ]);
    expect(output.usage.prompt_tokens).toBeGreaterThan(20);
  });

  it("answers the call when the output is one", async () => {
    const call = (text: string) => ({ toolCalls: [{ name: "answer", arguments: text, id: "c" }] });
    const { hawser, model } = await script([call("{city"), call(good)]);
    await parse(hawser.chat.completions, { ...question, schema, mode: "tool", repair: true });
    expect(sentMessages(model, 1).slice(1)).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c", type: "function", function: { name: "answer", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "c", content: expect.stringContaining("no JSON") },
    ]);
  });

  it("that doesn't help is the error", async () => {
    const { hawser, model } = await script(["{}", "{}", good]);
    const error = await rejection(parse(hawser.chat.completions, { ...question, schema, repair: true }));
    expect(error).toBeInstanceOf(InvalidOutputError);
    expect(model.requests).toHaveLength(2);
  });
});

describe("parseStream", () => {
  it.each([
    ["json_schema", { content: good }],
    ["json_schema", { content: `Here it is:\n\`\`\`json\n${good}\n\`\`\`` }],
    ["tool", { toolCalls: [{ name: "answer", arguments: good }] }],
  ] as const)("gives what there is so far, and the whole in the end: %s", async (mode, answer) => {
    for (const name of ["hawser", "openai"] as const) {
      const clients = await script([answer], { habits: { pieceLength: 5 } });
      const { completions } = (clients[name] as typeof clients.openai).chat;
      const run = parseStream(completions, { ...question, schema, mode, strict: true });
      const seen: string[] = [];
      for await (const partial of run) {
        expectTypeOf(partial.city).toEqualTypeOf<string | null | undefined>();
        expectTypeOf(partial.tags).toEqualTypeOf<string[] | null | undefined>();
        seen.push(JSON.stringify(partial));
      }
      expect(seen.length).toBeGreaterThan(5);
      expect(seen.some((text) => /^\{"city":"Os?l?"\}$/.test(text))).toBe(true);
      expect(JSON.parse(seen.at(-1)!)).toEqual({ city: "Oslo", days: null, tags: ["wet"] });
      expect((await run).value).toEqual({ city: "Oslo", tags: ["wet"] });
    }
  });

  it("takes values out of the object they were put into", async () => {
    const { hawser } = await script(['{"value":["a","b"]}'], { habits: { pieceLength: 4 } });
    const run = parseStream(hawser.chat.completions, { ...question, schema: z.array(z.string()) });
    const seen: string[] = [];
    for await (const partial of run) seen.push(JSON.stringify(partial));
    expect(seen.at(-1)).toBe('["a","b"]');
    expect((await run).value).toEqual(["a", "b"]);
  });

  it("can be left, which cancels the request", async () => {
    const { hawser, model } = await script([{ content: good, stall: 800 }], { habits: { pieceLength: 5 } });
    for await (const _ of parseStream(hawser.chat.completions, { ...question, schema })) break;
    expect(await model.requests[0]?.answer).toMatchObject({ outcome: "client left" });
  });

  it("sends what the user asks for, with the usage", async () => {
    const { hawser, model } = await script([good]);
    await parseStream(hawser.chat.completions, { ...question, schema, temperature: 0 });
    expect(body(model, 0)).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
    });
  });
});

it("works with whatever has the shape of a client", async () => {
  const completions = {
    create: async (_: { messages: object[]; model: string; top_k?: number }) => ({
      choices: [{ message: { content: good }, finish_reason: "stop" }],
    }),
  } satisfies ChatCompletions;
  expect((await parse(completions, { ...question, schema, top_k: 3 })).value.city).toBe("Oslo");
});
