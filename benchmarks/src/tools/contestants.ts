import { Runcrate } from "@hawser/inference/runcrate";
import { ChatCompletionStream } from "@hawser/streaming";
import { defineTool, jsonSchema, runTools } from "@hawser/tools";
import OpenAI from "openai";
import type { Contestant } from "../contestant.ts";
import { createCompletion, createEvents, lastText, type ToolsWorkload, turnOf } from "./model.ts";

interface Message {
  role: string;
  content?: string | null;
  tool_calls?: readonly { id: string; function: { arguments: string } }[];
  tool_call_id?: string;
}

interface Answer {
  readonly choices: readonly { readonly message: object }[];
}

interface Forecast {
  city: string;
  days: number;
}

const parameters = {
  type: "object",
  properties: { city: { type: "string" }, days: { type: "integer" } },
  required: ["city", "days"],
};
const description = "Tells the weather of a city.";

function forecast({ city, days }: Forecast): object {
  return { city, days, sky: "rain" };
}

const weather = defineTool({
  name: "weather",
  description,
  // What is measured is the loop; a schema that lets all through stands for whichever one is used.
  parameters: {
    "~standard": {
      ...jsonSchema<Forecast>(parameters)["~standard"],
      validate: (value) => ({ value: value as Forecast }),
    },
  },
  execute: forecast,
});

const question = { model: "any", messages: [{ role: "user" as const, content: "Do I need a coat?" }] };

/** The least a loop can do: no checks, no events, no limits. */
async function runByHand(ask: (messages: readonly Message[]) => Promise<Answer>): Promise<string> {
  const messages: Message[] = [...question.messages];
  for (;;) {
    const message = (await ask(messages)).choices[0]!.message as Message;
    messages.push(message);
    if (message.tool_calls === undefined) return message.content ?? "";
    const running = message.tool_calls.map(async ({ id, function: { arguments: text } }) => ({
      role: "tool",
      tool_call_id: id,
      content: JSON.stringify(forecast(JSON.parse(text) as Forecast)),
    }));
    messages.push(...(await Promise.all(running)));
  }
}

/** A model in memory, in the shape of a client. */
function createModel(workload: ToolsWorkload) {
  const completions = Array.from({ length: workload.steps + 1 }, (_, turn) =>
    createCompletion(workload, turn),
  );
  const events = Array.from({ length: workload.steps + 1 }, (_, turn) =>
    new TextEncoder().encode(createEvents(workload, turn)),
  );
  const headers = { "content-type": "text/event-stream" };
  return {
    completion: (messages: readonly unknown[]) => completions[turnOf(messages, workload)]!,
    stream: (messages: readonly unknown[]) =>
      ChatCompletionStream.fromResponse(new Response(events[turnOf(messages, workload)]!, { headers })),
  };
}

/** A `fetch` that answers chat requests out of memory. */
function createFetch(workload: ToolsWorkload): typeof fetch {
  const { completion } = createModel(workload);
  const texts = new Map<object, string>();
  return async (input, init) => {
    const body = input instanceof Request ? await input.text() : (init?.body as string);
    const answer = completion((JSON.parse(body) as { messages: unknown[] }).messages);
    const text = texts.get(answer) ?? JSON.stringify(answer);
    texts.set(answer, text);
    return new Response(text, { headers: { "content-type": "application/json" } });
  };
}

function createClients(
  workload: ToolsWorkload,
): readonly (readonly [string, () => Promise<string | null>])[] {
  const options = {
    apiKey: "none",
    baseURL: "http://localhost/v1",
    maxRetries: 0,
    fetch: createFetch(workload),
  };
  const openai = new OpenAI(options);
  const runcrate = new Runcrate(options);
  const maxSteps = workload.steps + 1;
  const tool = {
    type: "function" as const,
    function: { name: "weather", description, parameters, parse: JSON.parse, function: forecast },
  };
  return [
    [
      "openai by hand",
      () => runByHand((messages) => openai.chat.completions.create({ ...question, messages } as never)),
    ],
    [
      "openai runTools",
      () => {
        const body = { ...question, tools: [tool] };
        const run = openai.chat.completions.runTools(body as never, { maxChatCompletions: maxSteps });
        return run.finalContent();
      },
    ],
    [
      "hawser over openai",
      async () => (await runTools(openai.chat.completions, { ...question, tools: [weather], maxSteps })).text,
    ],
    [
      "hawser over hawser",
      async () =>
        (await runTools(runcrate.chat.completions, { ...question, tools: [weather], maxSteps })).text,
    ],
  ];
}

/** All who let a model call tools until it answers, the least of them first. */
export function createContestants(workload: ToolsWorkload): Contestant[] {
  const contestant = (name: string, run: () => Promise<string | null>): Contestant => ({
    name,
    run: async () => (await run()) ?? "",
    expected: lastText,
  });
  if (workload.kind === "client") return createClients(workload).map(([name, run]) => contestant(name, run));
  const model = createModel(workload);
  const stream = workload.kind === "streamed";
  type Body = { readonly model: string; readonly messages: readonly object[] };
  const completions = {
    create: async ({ messages }: Body) => (stream ? model.stream(messages) : model.completion(messages)),
  };
  const ask = async (messages: readonly Message[]): Promise<Answer> =>
    stream ? await model.stream(messages).finalCompletion() : model.completion(messages);
  const askByEvents = async (messages: readonly Message[]): Promise<Answer> => {
    const answer = model.stream(messages);
    for await (const event of answer.events()) if (event.type === "end") break;
    return await answer.finalCompletion();
  };
  const options = { ...question, tools: [weather], stream, maxSteps: workload.steps + 1 };
  return [
    contestant("by hand", () => runByHand(ask)),
    ...(stream ? [contestant("by hand, events read", () => runByHand(askByEvents))] : []),
    contestant("hawser", async () => (await runTools(completions, options)).text),
    contestant("hawser, events read", async () => {
      const run = runTools(completions, options);
      for await (const event of run) if (event.type === "end") return event.result.text;
      return null;
    }),
  ];
}
