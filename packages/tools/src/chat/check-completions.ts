import { HawserError } from "@hawser/streaming";
import type { ChatCompletions } from "./chat-completions.ts";

/** Throws a `HawserError` when nothing can be asked of what was given, such as the client instead of its completions. */
export function checkCompletions(completions: ChatCompletions): void {
  if (typeof (completions as Partial<ChatCompletions> | undefined)?.create === "function") return;
  throw new HawserError("What is to be asked has no method create: give it client.chat.completions");
}
