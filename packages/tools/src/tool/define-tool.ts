import { HawserError } from "@hawser/streaming";
import { InvalidSchemaError } from "../errors.ts";
import { readJsonSchema } from "../schema/read-json-schema.ts";
import type { JsonSchema, SchemaOutput, StandardSchema } from "../schema/standard-schema.ts";
import { toStrictSchema } from "../schema/strict-schema.ts";
import type { CustomToolFormat, Tool, ToolContext, ToolDefinition } from "./tool.ts";

/** What every tool is made of. */
interface ToolBase<Input, Output, Context> {
  /** Of letters, digits, underscores and hyphens, at most 64. */
  readonly name: string;
  /** What it does and when to call it; the model reads it. */
  readonly description?: string;
  /** Milliseconds a call may take. Default: the run's `toolTimeout`. */
  readonly timeout?: number;
  /** Whether a person has to agree before a call is run: always, or as the arguments are. Default `false`. */
  readonly needsApproval?:
    | boolean
    | ((input: Input, context: ToolContext<Context>) => boolean | Promise<boolean>);
  /**
   * Runs a call. What it gives is what the model is answered: text as it is, `toolContent(…)` with its images, anything
   * else as JSON. What it throws is an answer too, the message of a `ToolError` as it stands.
   */
  execute(input: Input, context: ToolContext<Context>): Output | Promise<Output>;
}

/** A tool that takes arguments. */
export interface ToolOptions<Schema extends StandardSchema, Output, Context = unknown>
  extends ToolBase<SchemaOutput<Schema>, Output, Context> {
  /** What arguments it takes: a schema of zod, valibot, arktype or another library of that kind, or `jsonSchema(…)`. */
  readonly parameters: Schema;
  /**
   * Asks the server to hold the model to the schema, which is made one of strict mode: members that may be left out take
   * `null` on the wire, which `execute` doesn't see. Default `false`.
   */
  readonly strict?: boolean;
}

/** A tool that takes no arguments. */
export interface PlainToolOptions<Output, Context = unknown>
  extends ToolBase<Record<string, never>, Output, Context> {
  readonly parameters?: undefined;
  readonly strict?: undefined;
}

/** A tool that takes free text. */
export interface CustomToolOptions<Output, Context = unknown> extends ToolBase<string, Output, Context> {
  /** What the text may be: the server holds the model to a grammar. Default: any text. */
  readonly format?: CustomToolFormat;
}

const noArguments: JsonSchema = { type: "object", properties: {}, additionalProperties: false };

/** What tools of both kinds have, looked at. */
function toBase(options: Omit<ToolBase<never, unknown, never>, "execute"> & { execute: unknown }) {
  const { name, description, timeout, needsApproval = false, execute } = options;
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw new HawserError(
      `A tool's name has 1 to 64 letters, digits, underscores and hyphens, unlike "${name}"`,
    );
  }
  if (timeout !== undefined && !(timeout > 0)) {
    throw new HawserError(`The timeout of the tool ${name} has to be more than 0 ms, not ${timeout}`);
  }
  return {
    name,
    description,
    timeout,
    needsApproval: (typeof needsApproval === "function"
      ? needsApproval
      : () => needsApproval) as Tool["needsApproval"],
    // The tool may be an object with a state of its own.
    execute: (execute as Tool["execute"]).bind(options),
  };
}

/**
 * Makes a tool the model may call. The arguments `execute` gets have been read by the schema, and have its type. Its
 * second parameter tells of the call; written as `ToolContext<Services>`, it makes `context` an option every run of the
 * tool needs.
 *
 * @throws {HawserError} when the name or the timeout is none
 * @throws {InvalidSchemaError} when the schema can't be said as a JSON Schema of an object, or not in strict mode
 */
export function defineTool<Schema extends StandardSchema, Output, Context = unknown>(
  options: ToolOptions<Schema, Output, Context>,
): Tool<SchemaOutput<Schema>, Output, Context>;
export function defineTool<Output, Context = unknown>(
  options: PlainToolOptions<Output, Context>,
): Tool<Record<string, never>, Output, Context>;
export function defineTool(options: ToolOptions<StandardSchema, unknown> | PlainToolOptions<unknown>): Tool {
  const { parameters: schema, strict } = options;
  const base = toBase(options);
  const what = `The parameters of the tool ${base.name}`;
  const read = schema === undefined ? noArguments : readJsonSchema(schema, what);
  if (read.type !== "object") {
    throw new InvalidSchemaError(`${what} can't be used`, ["/: arguments are always an object"]);
  }
  const strictly = strict ? toStrictSchema(read, what) : undefined;
  const parameters = strictly?.schema ?? read;
  return createTool({
    ...base,
    parameters,
    strict: strict ?? false,
    schema,
    restore: strictly?.restore,
  });
}

/**
 * Makes a tool that takes free text instead of JSON: code, a query, a patch. Few servers know such tools; `format` holds
 * the model to a grammar.
 *
 * @throws {HawserError} when the name or the timeout is none
 * @see https://platform.openai.com/docs/guides/function-calling#custom-tools
 */
export function defineCustomTool<Output, Context = unknown>(
  options: CustomToolOptions<Output, Context>,
): Tool<string, Output, Context> {
  const base = toBase(options);
  const { name, description } = base;
  const { format } = options;
  const custom = {
    name,
    ...(description !== undefined && { description }),
    ...(format !== undefined && { format }),
  };
  const definition: ToolDefinition = { type: "custom", custom };
  const parameters = { type: "string" };
  const tool: Tool = {
    ...base,
    kind: "custom",
    parameters,
    definition,
    schema: undefined,
    restore: undefined,
  };
  return tool as Tool<string, Output, Context>;
}

/** Puts a tool together whose parts have been looked at. */
export function createTool({
  strict,
  ...tool
}: Omit<Tool, "definition" | "kind"> & { readonly strict: boolean }): Tool {
  const { name, description, parameters } = tool;
  const definition = {
    name,
    ...(description !== undefined && { description }),
    parameters,
    ...(strict && { strict }),
  };
  return { ...tool, kind: "function", definition: { type: "function", function: definition } };
}
