/** How the model is asked, and how much there is to do. */
export interface ToolsWorkload {
  /** `whole` and `streamed` are answers out of memory, `client` is a client of its own with a `fetch` out of memory. */
  readonly kind: "whole" | "streamed" | "client";
  /** How many times the model calls tools before it answers. */
  readonly steps: number;
  /** How many calls there are in each of these steps. */
  readonly calls: number;
}

const city = (call: number): string => ["Oslo", "Paris", "Bergen", "Lima"][call % 4]!;

function createCalls(step: number, calls: number) {
  return Array.from({ length: calls }, (_, call) => ({
    id: `call_${step}_${call}`,
    type: "function" as const,
    function: { name: "weather", arguments: JSON.stringify({ city: city(call), days: call + 1 }) },
  }));
}

const envelope = { id: "chatcmpl-1", created: 1_760_000_000, model: "any" };
const usage = { prompt_tokens: 400, completion_tokens: 40, total_tokens: 440 };

/** The text of the last answer. */
export const lastText = "Take a coat to Oslo.";

/** What the model answers in its turn number `turn`: calls, and text in the last turn. */
export function createCompletion({ steps, calls }: ToolsWorkload, turn: number) {
  const isLast = turn === steps;
  const message = isLast
    ? { role: "assistant" as const, content: lastText }
    : { role: "assistant" as const, content: null, tool_calls: createCalls(turn, calls) };
  const choice = { index: 0, message, finish_reason: isLast ? "stop" : "tool_calls", logprobs: null };
  return { ...envelope, object: "chat.completion" as const, choices: [choice], usage };
}

/** The same answer as server-sent events, its arguments in pieces of six characters. */
export function createEvents(workload: ToolsWorkload, turn: number): string {
  const { message, finish_reason } = createCompletion(workload, turn).choices[0]!;
  const deltas: object[] = [{ role: "assistant", content: message.content }];
  for (const [index, call] of (message.tool_calls ?? []).entries()) {
    const { name, arguments: text } = call.function;
    deltas.push({ tool_calls: [{ ...call, index, function: { name, arguments: "" } }] });
    for (const piece of text.match(/.{1,6}/g) ?? []) {
      deltas.push({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  const chunks = [
    ...deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] })),
    { choices: [{ index: 0, delta: {}, finish_reason }] },
    { choices: [], usage },
  ];
  const events = chunks.map((chunk) => ({ ...envelope, object: "chat.completion.chunk", ...chunk }));
  return `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("")}data: [DONE]\n\n`;
}

/** Which turn of the model it is, by the messages it is sent: one of the user, then one and the answers for each step. */
export function turnOf(messages: readonly unknown[], { calls }: ToolsWorkload): number {
  return (messages.length - 1) / (1 + calls);
}
