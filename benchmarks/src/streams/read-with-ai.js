// No TypeScript: the types of `ai` can't be checked where `undefined` is not the same as nothing
// (`exactOptionalPropertyTypes`). What is exported is described in read-with-ai.d.ts.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { jsonSchema, streamText, tool } from "ai";

const search = tool({ inputSchema: jsonSchema({ type: "object" }) });

export async function readWithAI(response) {
  const provider = createOpenAICompatible({
    name: "any",
    baseURL: "http://localhost",
    fetch: async () => response,
  });
  const { fullStream } = streamText({ model: provider.chatModel("any"), prompt: "Hi", tools: { search } });
  let text = "";
  for await (const part of fullStream) {
    if (part.type === "text-delta" || part.type === "reasoning-delta") text += part.text;
    else if (part.type === "tool-input-delta") text += part.delta;
  }
  return text;
}
