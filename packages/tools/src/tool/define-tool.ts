import { HawserError } from "@hawser/streaming";
import { InvalidSchemaError } from "../errors.ts";
import { readJsonSchema } from "../schema/read-json-schema.ts";
import type { JsonSchema, SchemaOutput, StandardSchema } from "../schema/standard-schema.ts";
import { toStrictSchema } from "../schema/strict-schema.ts";
import type { Tool, ToolContext } from "./tool.ts";

/** What every tool is made of. */
interface ToolBase<Input, Output> {
  /** Of letters, digits, underscores and hyphens, at most 64. */
  readonly name: string;
  /** What it does and when to call it; the model reads it. */
  readonly description?: string;
  /** Milliseconds a call may take. Default: the run's `toolTimeout`. */
  readonly timeout?: number;
  /** Whether a person has to agree before a call is run: always, or as the arguments are. Default `false`. */
  readonly needsApproval?: boolean | ((input: Input, context: ToolContext) => boolean | Promise<boolean>);
  /**
   * Runs a call. What it gives is what the model is answered: text as it is, anything else as JSON. What it throws is
   * an answer too, the message of a `ToolError` as it stands.
   */
  execute(input: Input, context: ToolContext): Output | Promise<Output>;
}

/** A tool that takes arguments. */
export interface ToolOptions<Schema extends StandardSchema, Output>
  extends ToolBase<SchemaOutput<Schema>, Output> {
  /** What arguments it takes: a schema of zod, valibot, arktype or another library of that kind, or `jsonSchema(…)`. */
  readonly parameters: Schema;
  /**
   * Asks the server to hold the model to the schema, which is made one of strict mode: members that may be left out take
   * `null` on the wire, which `execute` doesn't see. Default `false`.
   */
  readonly strict?: boolean;
}

/** A tool that takes no arguments. */
export interface PlainToolOptions<Output> extends ToolBase<Record<string, never>, Output> {
  readonly parameters?: undefined;
  readonly strict?: undefined;
}

const noArguments: JsonSchema = { type: "object", properties: {}, additionalProperties: false };

/**
 * Makes a tool the model may call. The arguments `execute` gets have been read by the schema, and have its type.
 *
 * @throws {HawserError} when the name or the timeout is none
 * @throws {InvalidSchemaError} when the schema can't be said as a JSON Schema of an object, or not in strict mode
 */
export function defineTool<Schema extends StandardSchema, Output>(
  options: ToolOptions<Schema, Output>,
): Tool<SchemaOutput<Schema>, Output>;
export function defineTool<Output>(options: PlainToolOptions<Output>): Tool<Record<string, never>, Output>;
export function defineTool(options: ToolOptions<StandardSchema, unknown> | PlainToolOptions<unknown>): Tool {
  const { name, description, parameters: schema, strict, timeout, needsApproval = false } = options;
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw new HawserError(
      `A tool's name has 1 to 64 letters, digits, underscores and hyphens, unlike "${name}"`,
    );
  }
  if (timeout !== undefined && !(timeout > 0)) {
    throw new HawserError(`The timeout of the tool ${name} has to be more than 0 ms, not ${timeout}`);
  }
  const what = `The parameters of the tool ${name}`;
  const read = schema === undefined ? noArguments : readJsonSchema(schema, what);
  if (read.type !== "object") {
    throw new InvalidSchemaError(`${what} can't be used`, ["/: arguments are always an object"]);
  }
  const strictly = strict ? toStrictSchema(read, what) : undefined;
  const parameters = strictly?.schema ?? read;
  return createTool({
    name,
    description,
    parameters,
    strict: strict ?? false,
    schema,
    restore: strictly?.restore,
    timeout,
    needsApproval: typeof needsApproval === "function" ? needsApproval : () => needsApproval,
    execute: (input, context) => options.execute(input as never, context),
  });
}

/** Puts a tool together whose parts have been looked at. */
export function createTool({
  strict,
  ...tool
}: Omit<Tool, "definition"> & { readonly strict: boolean }): Tool {
  const { name, description, parameters } = tool;
  const definition = {
    name,
    ...(description !== undefined && { description }),
    parameters,
    ...(strict && { strict }),
  };
  return { ...tool, definition: { type: "function", function: definition } };
}
