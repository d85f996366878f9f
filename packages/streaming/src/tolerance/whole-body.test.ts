import { expect, it } from "vitest";
import { readWholeBody } from "./whole-body.ts";

const completion = {
  id: "1",
  object: "chat.completion",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "Hi", tool_calls: [{ id: "a" }, { id: "b" }] },
      finish_reason: "stop",
    },
  ],
  usage: { total_tokens: 3 },
};

const expected = {
  id: "1",
  object: "chat.completion.chunk",
  choices: [
    {
      index: 0,
      delta: {
        role: "assistant",
        content: "Hi",
        tool_calls: [
          { index: 0, id: "a" },
          { index: 1, id: "b" },
        ],
      },
      finish_reason: "stop",
    },
  ],
  usage: { total_tokens: 3 },
};

it.each([
  ["as it is", JSON.stringify(completion)],
  ["with a marker glued to it", `${JSON.stringify(completion)}\n\ndata: [DONE]\n\n`],
  ["in an envelope", JSON.stringify({ status: "OK", data: completion })],
])("makes a chunk of a completion %s (Q10)", (_name, raw) => {
  const ids: string[] = [];
  expect(readWholeBody(raw, (id) => void ids.push(id))).toEqual(expected);
  expect(ids).toEqual(["Q10"]);
});

it.each([
  ['{"error":{"message":"No"}}', "server", "No"],
  ['{"detail":"No"}', "server", "No"],
  ['{"a":1}', "invalid-data", 'One body came where a stream was asked for: "{\\"a\\":1}"'],
  ["{oops", "invalid-data", 'One body came where a stream was asked for: "{oops"'],
])("makes an error of anything else: %s", (raw, reason, message) => {
  expect(() => readWholeBody(raw, () => {})).toThrow(expect.objectContaining({ reason, message }));
});
