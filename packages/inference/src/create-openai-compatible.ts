import { type ClientOptions, InvalidRequestError } from "@hawser/runtime";
import { OpenAICompatible } from "./generated/openai-compatible/client.ts";
import { adaptRequests, type RequestQuirks } from "./request-quirks.ts";

/** What a server is, and what it wants different. */
export interface OpenAICompatibleSettings extends ClientOptions {
  /** Where it answers, up to the path before `/chat/completions`: `http://127.0.0.1:11434/v1`. */
  baseURL: string;
  /**
   * What it wants different in requests. Departures in its streams need no setting: they are repaired, `onQuirk` is told
   * of them, and `strict` turns them into errors.
   */
  quirks?: RequestQuirks | undefined;
}

/**
 * A client for any server that speaks OpenAI's language more or less: vLLM, Ollama, llama.cpp, OpenRouter, a gateway of
 * one's own. Without `apiKey` no key is sent, and no environment variable is read: the key of one server is not for
 * another.
 *
 * @throws {InvalidRequestError} when an option is wrong
 */
export function createOpenAICompatible(settings: OpenAICompatibleSettings): OpenAICompatible {
  const { quirks = {}, middleware = [], ...options } = settings ?? {};
  if (options.baseURL === undefined) {
    throw new InvalidRequestError(
      "createOpenAICompatible needs the option baseURL: where the server answers, such as http://127.0.0.1:11434/v1.",
    );
  }
  return new OpenAICompatible({ ...options, middleware: [...middleware, ...adaptRequests(quirks)] });
}
