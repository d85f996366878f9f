import { expect, test } from "vitest";
import { chooseReading } from "./stream-reading.ts";

test("a call's options of streams win over its client's, one by one, and nothing else is taken", () => {
  const onQuirk = () => {};
  const client = { onQuirk, strict: true, maxEventBytes: 10, splitThinking: true, apiKey: "secret" };
  const call = { strict: false, maxEventBytes: undefined, maxChoices: 2, signal: AbortSignal.abort() };
  expect(chooseReading(client, call)).toEqual({
    onQuirk,
    strict: false,
    onComment: undefined,
    maxEventBytes: 10,
    maxToolCalls: undefined,
    maxChoices: 2,
    splitThinking: true,
  });
});
