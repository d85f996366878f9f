export { AbortError, HawserError, TimeoutError } from "@hawser/streaming";
export type {
  ChatCompletions,
  ChatMessage,
  MessageOf,
  RequestMembers,
  RequestOf,
  RequestOptionsOf,
} from "./chat/chat-completions.ts";
export type { UsageSum } from "./chat/usage.ts";
export {
  InvalidOutputError,
  InvalidSchemaError,
  LengthError,
  OutputError,
  type OutputErrorOptions,
  RefusalError,
  ToolError,
} from "./errors.ts";
export type { OutputMode } from "./output/output-mode.ts";
export {
  type OutputOptions,
  type ParsedOutput,
  type ParseOptions,
  type ParseRun,
  type PartialOutput,
  parse,
  parseStream,
} from "./output/parse.ts";
export type { Budget } from "./run/budget.ts";
export type {
  BrokenCall,
  ContextOption,
  LoopOptions,
  ResumeToolsOptions,
  RunBudget,
  RunToolsOptions,
  StepChanges,
  StepPreview,
} from "./run/options.ts";
export type { FinishedRun, PausedRun, RunProgress, StopReason, ToolRunResult } from "./run/result.ts";
export type {
  ApprovalEvent,
  BudgetEvent,
  CallDeltaEvent,
  CallDoneEvent,
  CallStartEvent,
  RunEndEvent,
  StepEndEvent,
  StepStartEvent,
  TextEvent,
  ToolEndEvent,
  ToolRunEvent,
  ToolStartEvent,
} from "./run/run-event.ts";
export { resumeTools, runTools, type ToolRun } from "./run/run-tools.ts";
export {
  type Decision,
  type Decisions,
  type PendingCall,
  pendingCalls,
  type ToolRunState,
} from "./run/state.ts";
export type { Step, ToolCall, ToolCallStatus } from "./run/step.ts";
export { jsonSchema } from "./schema/json-schema.ts";
export type {
  JsonSchema,
  SchemaInput,
  SchemaIssue,
  SchemaOutput,
  SchemaResult,
  StandardSchema,
} from "./schema/standard-schema.ts";
export { toStrictSchema } from "./schema/strict-schema.ts";
export {
  type CustomToolOptions,
  defineCustomTool,
  defineTool,
  type PlainToolOptions,
  type ToolOptions,
} from "./tool/define-tool.ts";
export type {
  CustomToolDefinition,
  CustomToolFormat,
  FunctionToolDefinition,
  Tool,
  ToolContext,
  ToolDefinition,
  ToolKind,
} from "./tool/tool.ts";
export { type ContentPart, type ToolContent, toolContent } from "./tool/tool-content.ts";
