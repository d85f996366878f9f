import type { Typed } from "./typed-events.ts";

/** The message as it begins. */
export const begun = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "model-1",
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: { input_tokens: 12, cache_read_input_tokens: 4, output_tokens: 1 },
};

/** A piece of the block of that number. */
export function delta(index: number, value: Typed): Typed {
  return { type: "content_block_delta", index, delta: value };
}

/** The events of a block of thinking. */
export const thinking: Typed[] = [
  {
    type: "content_block_start",
    index: 0,
    content_block: { type: "thinking", thinking: "", signature: "" },
  },
  delta(0, { type: "thinking_delta", thinking: "Salt " }),
  delta(0, { type: "thinking_delta", thinking: "and rain." }),
  delta(0, { type: "signature_delta", signature: "c2ln" }),
  { type: "content_block_stop", index: 0 },
];
/** The events of a block of text, with a keep-alive among them. */
export const text: Typed[] = [
  { type: "content_block_start", index: 2, content_block: { type: "text", text: "" } },
  { type: "ping" },
  delta(2, { type: "text_delta", text: "Let me " }),
  delta(2, { type: "text_delta", text: "measure – 塩." }),
  { type: "content_block_stop", index: 2 },
];
/** The events of a call of a tool. */
export const tool: Typed[] = [
  {
    type: "content_block_start",
    index: 3,
    content_block: { type: "tool_use", id: "toolu_1", name: "measure", input: {} },
  },
  delta(3, { type: "input_json_delta", partial_json: "" }),
  delta(3, { type: "input_json_delta", partial_json: '{"depth": {"unit": "fathom", ' }),
  delta(3, { type: "input_json_delta", partial_json: '"value": 3}}' }),
  { type: "content_block_stop", index: 3 },
];
/** The events of a message with a block of every kind. */
export const transcript: Typed[] = [
  { type: "message_start", message: begun },
  ...thinking,
  { type: "content_block_start", index: 1, content_block: { type: "redacted_thinking", data: "ZGF0YQ" } },
  { type: "content_block_stop", index: 1 },
  ...text,
  ...tool,
  { type: "message_delta", delta: { stop_reason: null }, usage: { output_tokens: 20 } },
  {
    type: "message_delta",
    delta: { stop_reason: "tool_use", stop_sequence: null },
    usage: { output_tokens: 41 },
  },
  { type: "message_stop" },
];
/** What they make. */
export const whole = {
  ...begun,
  content: [
    { type: "thinking", thinking: "Salt and rain.", signature: "c2ln" },
    { type: "redacted_thinking", data: "ZGF0YQ" },
    { type: "text", text: "Let me measure – 塩." },
    {
      type: "tool_use",
      id: "toolu_1",
      name: "measure",
      input: { depth: { unit: "fathom", value: 3 } },
    },
  ],
  stop_reason: "tool_use",
  usage: { input_tokens: 12, cache_read_input_tokens: 4, output_tokens: 41 },
};
