import { join } from "node:path";
import { Runcrate } from "@hawser/inference/runcrate";
import { createMockServer, type MockServer } from "@hawser/mock";
import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { defineTool, parse, parseStream, runTools } from "../src/index.ts";

const documents = join(import.meta.dirname, "../../../openapi/runcrate");
let server: MockServer;

beforeAll(async () => {
  server = await createMockServer({
    document: join(documents, "inference.yaml"),
    overlays: [join(documents, "inference.overlay.yaml")],
    scene: "toolLoop",
  });
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const weather = defineTool({
  name: "get_weather",
  description: "Tells the current weather of a city.",
  parameters: z.object({ city: z.string(), unit: z.enum(["celsius", "fahrenheit"]).optional() }),
  execute: ({ city }) => ({ temperature: city === "Oslo" ? 7 : 18 }),
});

function completionsOf(name: string): OpenAI["chat"]["completions"] {
  const options = { apiKey: "rc_live_test", baseURL: server.url };
  const { chat } = name === "hawser" ? new Runcrate(options) : new OpenAI(options);
  return chat.completions as OpenAI["chat"]["completions"];
}

it.each([
  ["hawser", true],
  ["hawser", false],
  ["openai", true],
  ["openai", false],
])(
  "the loop goes round with the documented answers, through the client of %s, stream: %s",
  async (name, stream) => {
    const result = await runTools(completionsOf(name), {
      model: "Qwen/Qwen3-Max",
      messages: [{ role: "user", content: "Do I need a coat in Paris or in Oslo today?" }],
      tools: [weather],
      stream,
    });
    expect(result.reason).toBe("done");
    expect(result.text).toMatch(/Oslo/);
    expect(result.steps[0]?.calls).toMatchObject([
      { name: "get_weather", input: { city: "Paris" }, content: '{"temperature":18}' },
      { name: "get_weather", input: { city: "Oslo" }, content: '{"temperature":7}' },
    ]);
    // The server checks what goes back against the document.
    expect(server.requests.map(({ path }) => path)).toEqual(["/v1/chat/completions", "/v1/chat/completions"]);
  },
);

it.each(["hawser", "openai"])(
  "the documented structured answer is parsed, whole and streamed, through the client of %s",
  async (name) => {
    server.useScene(undefined);
    const options = {
      model: "anthropic/claude-4-sonnet",
      messages: [
        {
          role: "user" as const,
          content: "Extract the city: Lyon, in France, had 522,250 inhabitants in 2021.",
        },
      ],
      schema: z.object({ name: z.string(), country: z.string(), population: z.number().int() }),
    };
    const city = { name: "Lyon", country: "France", population: 522250 };
    expect((await parse(completionsOf(name), options)).value).toEqual(city);
    expect((await parseStream(completionsOf(name), options)).value).toEqual(city);
  },
);
