import type { CreateChatCompletionRequest } from "@hawser/inference/runcrate";
import { createChatCompletion, createClient } from "@hawser/inference/runcrate/operations";
import { describeError } from "./describe-error.ts";
import { type Reader, responseOf, toJSON } from "./exchange.ts";

/** A chat call that asks for no stream, and what its answer is read as. */
export const readCompletion: Reader = async (question) => {
  const quirks: string[] = [];
  const client = createClient({
    apiKey: "none",
    fetch: async () => responseOf(question, "application/json"),
    maxRetries: 0,
    onQuirk: ({ id }) => quirks.push(id),
    strict: question.options?.strict ?? false,
  });
  try {
    const final = await createChatCompletion(client, { model: "m", messages: [] });
    return { final: toJSON(final), end: "complete", quirks };
  } catch (error) {
    return { end: "error", quirks, error: describeError(error) };
  }
};

/** What a chat call sends. */
export const sendRequest: Reader = async ({ request }) => {
  let body: unknown;
  const client = createClient({
    apiKey: "none",
    fetch: async (input, init) => {
      body = await new Request(input, init).json();
      return Response.json({ choices: [] });
    },
  });
  // What a caller writes who knows more members than the document does.
  await createChatCompletion(client, request as unknown as CreateChatCompletionRequest & { stream?: false });
  return { body };
};
