import type { JsonSchema, StandardSchema } from "../schema/standard-schema.ts";

/** What a tool is told of the call it answers. */
export interface ToolContext<Context = unknown> {
  /** What the run was given as `context`: the services, the user, whatever the tools work with. Never sent anywhere. */
  readonly context: Context;
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

/** Whether a tool takes arguments as JSON (`function`) or free text (`custom`). */
export type ToolKind = "function" | "custom";

/** A tool of the wire format that takes arguments as JSON, as requests carry it. */
export interface FunctionToolDefinition {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: Record<string, unknown>;
    readonly strict?: boolean;
  };
}

/** What the text of a custom tool may be: any text, or one that a grammar of Lark, or a regular expression, makes. */
export type CustomToolFormat =
  | { readonly type: "text" }
  | {
      readonly type: "grammar";
      readonly grammar: { readonly syntax: "lark" | "regex"; readonly definition: string };
    };

/** A tool of the wire format that takes free text, as requests carry it. */
export interface CustomToolDefinition {
  readonly type: "custom";
  readonly custom: {
    readonly name: string;
    readonly description?: string;
    readonly format?: CustomToolFormat;
  };
}

/** A tool of the wire format, as requests carry it. */
export type ToolDefinition = FunctionToolDefinition | CustomToolDefinition;

/**
 * A tool the model may call. `defineTool` and `defineCustomTool` make one, `mcpTools` those of an MCP server. A run has to
 * be given the `Context` its tools want.
 */
export interface Tool<Input = unknown, Output = unknown, Context = unknown> {
  readonly name: string;
  readonly kind: ToolKind;
  readonly description: string | undefined;
  /** The JSON Schema of the arguments; of a custom tool, that of its text. */
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
  needsApproval(input: Input, context: ToolContext<NoInfer<Context>>): boolean | Promise<boolean>;
  execute(input: Input, context: ToolContext<NoInfer<Context>>): Output | Promise<Output>;
  /** Holds a type alone: parameters of methods are compared in both directions, those of a member in one. */
  readonly "~context"?: ((context: Context) => void) | undefined;
}
