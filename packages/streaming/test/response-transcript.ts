import type { Typed } from "./typed-events.ts";

/** The response as it begins. */
export const begun = {
  id: "resp_1",
  object: "response",
  created_at: 1_750_000_000,
  status: "in_progress",
  model: "model-1",
  error: null,
  incomplete_details: null,
  output: [],
  usage: null,
};
/** The item of its reasoning, done. */
export const reasoning = {
  id: "rs_1",
  type: "reasoning",
  summary: [{ type: "summary_text", text: "Salt and rain." }],
};
/** The item of its message, done. */
export const message = {
  id: "msg_1",
  type: "message",
  status: "completed",
  role: "assistant",
  content: [{ type: "output_text", text: "Rivers bring salt – 塩.", annotations: [] }],
};
/** The item of its call of a function, done. */
export const call = {
  id: "fc_1",
  type: "function_call",
  status: "completed",
  call_id: "call_1",
  name: "measure",
  arguments: '{"depth":3}',
};
/** The response as it ends. */
export const done = {
  ...begun,
  status: "completed",
  output: [reasoning, message, call],
  usage: { input_tokens: 9, output_tokens: 30, total_tokens: 39 },
};

const summaryPlace = { item_id: "rs_1", output_index: 0, summary_index: 0 };
const textPlace = { item_id: "msg_1", output_index: 1, content_index: 0 };
const callPlace = { item_id: "fc_1", output_index: 2 };
/** The events of a response with reasoning, a message and a call. */
export const transcript: Typed[] = [
  { type: "response.created", response: begun },
  { type: "response.in_progress", response: begun },
  { type: "response.output_item.added", output_index: 0, item: { ...reasoning, summary: [] } },
  {
    type: "response.reasoning_summary_part.added",
    ...summaryPlace,
    part: { type: "summary_text", text: "" },
  },
  { type: "response.reasoning_summary_text.delta", ...summaryPlace, delta: "Salt and " },
  { type: "response.reasoning_summary_text.delta", ...summaryPlace, delta: "rain." },
  { type: "response.reasoning_summary_text.done", ...summaryPlace, text: "Salt and rain." },
  { type: "response.reasoning_summary_part.done", ...summaryPlace, part: reasoning.summary[0] },
  { type: "response.output_item.done", output_index: 0, item: reasoning },
  {
    type: "response.output_item.added",
    output_index: 1,
    item: { ...message, status: "in_progress", content: [] },
  },
  {
    type: "response.content_part.added",
    ...textPlace,
    part: { type: "output_text", text: "", annotations: [] },
  },
  { type: "response.output_text.delta", ...textPlace, delta: "Rivers bring " },
  { type: "response.output_text.delta", ...textPlace, delta: "salt – 塩." },
  { type: "response.output_text.done", ...textPlace, text: "Rivers bring salt – 塩." },
  { type: "response.content_part.done", ...textPlace, part: message.content[0] },
  { type: "response.output_item.done", output_index: 1, item: message },
  {
    type: "response.output_item.added",
    output_index: 2,
    item: { ...call, status: "in_progress", arguments: "" },
  },
  { type: "response.function_call_arguments.delta", ...callPlace, delta: '{"depth"' },
  { type: "response.function_call_arguments.delta", ...callPlace, delta: ":3}" },
  { type: "response.function_call_arguments.done", ...callPlace, arguments: '{"depth":3}' },
  { type: "response.output_item.done", output_index: 2, item: call },
  { type: "response.completed", response: done },
].map((event, sequence) => ({ ...event, sequence_number: sequence }));
