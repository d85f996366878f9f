export type {
  ChatAnswer,
  ChatAnswerChoice,
  ChatChunk,
  ChatClient,
  ChatCompletions,
  ChatContentPart,
  ChatFunctionCall,
  ChatRequest,
  ChatRequestMessage,
  ChatResponseFormat,
  ChatStream,
  ChatTool,
  ChatUsage,
} from "./chat-client.ts";
export { portableChat } from "./portable-chat.ts";
