import type { ModelAnswer } from "../chat/ask-model.ts";
import type { ChatMessage } from "../chat/chat-completions.ts";
import { type JsonObject, tryParse } from "../json.ts";
import { toBackMessage } from "../run/messages.ts";
import type { WantedOutput } from "./wanted-output.ts";

/**
 * How a server is asked for output of a form: by a schema it holds the model to, by JSON of any form with the schema in
 * the conversation, or by a tool the model has to call.
 */
export type OutputMode = "json_schema" | "json_object" | "tool";

/** What a request asks for, whatever the output is called. */
type Wanted = Omit<WantedOutput<unknown>, "read" | "unwrap">;

/** Tells the model the schema, in the system message if there is one: some models take only one, and only as the first. */
function tellSchema(messages: readonly ChatMessage[], { schema }: Wanted): ChatMessage[] {
  const text = `Answer with one JSON object that fits this JSON Schema, and with nothing else:\n${JSON.stringify(schema)}`;
  const [first, ...rest] = messages;
  if (first?.role === "system" && typeof first.content === "string") {
    return [{ ...first, content: `${first.content}\n\n${text}` }, ...rest];
  }
  return [{ role: "system", content: text }, ...messages];
}

/** The body of a request for output in a mode. */
export function toOutputRequest(
  mode: OutputMode,
  wanted: Wanted,
  members: JsonObject,
  messages: readonly ChatMessage[],
): JsonObject {
  const { name, description, schema, strict } = wanted;
  const about = { name, ...(description !== undefined && { description }) };
  const held = strict && { strict };
  if (mode === "json_schema") {
    const format = { type: "json_schema", json_schema: { ...about, schema, ...held } };
    return { ...members, messages, response_format: format };
  }
  if (mode === "json_object") {
    return { ...members, messages: tellSchema(messages, wanted), response_format: { type: "json_object" } };
  }
  return {
    ...members,
    messages,
    tools: [{ type: "function", function: { ...about, parameters: schema, ...held } }],
    tool_choice: { type: "function", function: { name } },
  };
}

/** The text of the output in an answer: of the call in the mode `tool`, unless the model just wrote it. */
export function outputText({ message, calls }: ModelAnswer): string {
  return calls[0]?.arguments ?? message.content ?? "";
}

/** The value of output: of the text, or of what stands in the fence models like to put around JSON. */
export function readJson(text: string): { readonly value: unknown } | undefined {
  return tryParse(text) ?? tryParse(/```(?:json)?\s*\n([\s\S]*?)```/i.exec(text)?.[1] ?? "");
}

/** What is said to a model whose output can't be used: its answer, and what is wrong with it. */
export function toRepairTurn({ message, calls }: ModelAnswer, problems: readonly string[]): ChatMessage[] {
  const list = problems.map((problem) => `- ${problem}`).join("\n");
  const text = `That doesn't fit the schema:\n${list}\nAnswer again, with the whole corrected JSON and nothing else.`;
  const answers = calls.map(({ id }) => ({ role: "tool", tool_call_id: id, content: text }));
  const back = toBackMessage(message, calls);
  return [
    ...(back === undefined ? [] : [back]),
    ...(answers.length > 0 ? answers : [{ role: "user", content: text }]),
  ];
}
