export type { Scene, Step } from "./answer/scenes.ts";
export { ChoiceError, type Delivery, type Wanted } from "./answer/wanted.ts";
export { createMockServer } from "./create-mock-server.ts";
export { turnDown } from "./document/turn-down.ts";
export { type ExampleSummary, listOperations, type OperationSummary } from "./list-operations.ts";
export type { MockServer, MockServerOptions } from "./options.ts";
export type { RecordedAnswer, RecordedRequest } from "./recorded-request.ts";
export {
  createScriptedModel,
  type ScriptedModel,
  type ScriptedModelOptions,
} from "./scripted-model/create-scripted-model.ts";
export type {
  ScriptedAnswer,
  ScriptedChunks,
  ScriptedCustomCall,
  ScriptedError,
  ScriptedFunctionCall,
  ScriptedReply,
  ScriptedRequest,
  ScriptedStep,
  ScriptedToolCall,
  StreamHabits,
} from "./scripted-model/scripted-answer.ts";
