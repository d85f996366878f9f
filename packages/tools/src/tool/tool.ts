import type { JsonSchema, StandardSchema } from "../schema/standard-schema.ts";

/** What a tool is told of the call it answers. */
export interface ToolContext {
  /** Aborted when the run is, and when the call's time is up. Hand it on to whatever takes time. */
  readonly signal: AbortSignal;
  /** The id the model knows the call by. */
  readonly callId: string;
  /**
   * The same for this call however often it is run, also after the run was resumed in another process: hand it to
   * whatever must not happen twice.
   */
  readonly idempotencyKey: string;
  /** Which step of the run it is, from 1. */
  readonly step: number;
}

/** A tool of the wire format, as requests carry it. */
export interface ToolDefinition {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: Record<string, unknown>;
    readonly strict?: boolean;
  };
}

/** A tool the model may call. `defineTool` makes one, `mcpTools` those of an MCP server. */
export interface Tool<Input = unknown, Output = unknown> {
  readonly name: string;
  readonly description: string | undefined;
  /** The JSON Schema of the arguments. */
  readonly parameters: JsonSchema;
  /** As requests carry it. */
  readonly definition: ToolDefinition;
  /** Reads the arguments; `undefined` lets all through. */
  readonly schema: StandardSchema<unknown, Input> | undefined;
  /** Leaves out of the arguments what strict mode made the model write for nothing. */
  readonly restore: ((value: unknown) => unknown) | undefined;
  /** Milliseconds a call may take; the run's `toolTimeout` when there is none. */
  readonly timeout: number | undefined;
  /** Whether a person has to agree before a call is run. */
  needsApproval(input: Input, context: ToolContext): boolean | Promise<boolean>;
  execute(input: Input, context: ToolContext): Output | Promise<Output>;
}
