import { type ChatCompletionMessage, type CompletionUsage, HawserError } from "@hawser/streaming";
import { askModel, type ModelAnswer, type ModelEvent } from "../chat/ask-model.ts";
import type {
  ChatCompletions,
  ChatMessage,
  MessageOf,
  RequestMembers,
  RequestOptionsOf,
} from "../chat/chat-completions.ts";
import { checkCompletions } from "../chat/check-completions.ts";
import { type Concession, withConcessions } from "../chat/concessions.ts";
import { sumUsage, type UsageSum } from "../chat/usage.ts";
import { InvalidOutputError, LengthError, RefusalError } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { type Emit, Run, toWork, type Work } from "../run/run.ts";
import type { SchemaInput, SchemaOutput, StandardSchema } from "../schema/standard-schema.ts";
import type { Validated } from "../schema/validate.ts";
import { createGrowingOutput } from "./growing-output.ts";
import { type OutputMode, outputText, readJson, toOutputRequest, toRepairTurn } from "./output-mode.ts";
import { toWantedOutput, type WantedOutput } from "./wanted-output.ts";

/** How output is asked for, beside the members of the request. */
export interface OutputOptions<Completions extends ChatCompletions, Schema extends StandardSchema> {
  /** What the output has to be: a schema of zod, valibot, arktype or another library of that kind, or `jsonSchema(…)`. */
  readonly schema: Schema;
  /** What the output is called, of letters, digits, underscores and hyphens. Default `answer`. */
  readonly schemaName?: string;
  /** What the output is for; the model reads it. */
  readonly schemaDescription?: string;
  /**
   * Asks the server to hold the model to the schema, which is made one of strict mode. Default `true`; `false` for
   * schemas that can't be said in it, and for servers that don't know it.
   */
  readonly strict?: boolean;
  /** How the server is asked. Default `auto`: by `json_schema`, and where the server refuses that, by the next one. */
  readonly mode?: "auto" | OutputMode;
  /** Tells a model whose output doesn't fit what is wrong, and asks once more. Default `false`. */
  readonly repair?: boolean;
  /** What is sent along with each request: headers, timeouts, retries. */
  readonly requestOptions?: RequestOptionsOf<Completions>;
  /** Members of the requests that the client's types don't know. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

/** The options of `parse` and `parseStream`: how output is asked for, the conversation, and the members of the request. */
export type ParseOptions<Completions extends ChatCompletions, Schema extends StandardSchema> = OutputOptions<
  Completions,
  Schema
> &
  RequestMembers<
    Completions,
    keyof OutputOptions<Completions, Schema> | "response_format" | "tools" | "tool_choice"
  > & {
    /** The conversation, oldest message first. */
    readonly messages: readonly MessageOf<Completions>[];
  };

/** Output that fits its schema. */
export interface ParsedOutput<Value> {
  /** As the schema gives it. */
  readonly value: Value;
  /** The message it was in. */
  readonly message: ChatCompletionMessage;
  /** The tokens of all answers. */
  readonly usage: UsageSum;
  /** How the server was asked in the end: what to ask for at once the next time. */
  readonly mode: OutputMode;
}

/** A value as far as it has come: any member may be missing yet, and in strict mode be `null` where it can be left out. */
export type PartialOutput<Value> = Value extends readonly (infer Item)[]
  ? PartialOutput<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]?: PartialOutput<Value[Name]> | null }
    : Value;

/** Output while it comes: iterate for what there is so far, await for the whole, or both. */
export interface ParseRun<Partial, Value> extends AsyncIterable<Partial>, Promise<ParsedOutput<Value>> {
  /** Ends it: the request is cancelled, and it fails with an `AbortError`, whose `cause` is the reason. */
  abort(reason?: unknown): void;
}

/** The options without the types of client and schema. */
type AnyOptions = OutputOptions<ChatCompletions, StandardSchema> & {
  readonly messages: readonly ChatMessage[];
} & JsonObject;

const modes: readonly OutputMode[] = ["json_schema", "json_object", "tool"];

/** What servers say that refuse a form of output. */
const aboutForm = /response.?format|json.?schema|json.?object|structured|guided|grammar|strict/i;

/** Throws the error of an answer that holds no output to look at. */
function checkAnswer({ message, cutOff }: ModelAnswer): void {
  const { refusal } = message;
  if (refusal) throw new RefusalError(`The model refused: ${refusal}`, { answer: message });
  if (cutOff === "content_filter") {
    throw new RefusalError("A content filter withheld the answer", { answer: message });
  }
  if (cutOff === "length") {
    throw new LengthError("The answer reached the limit of tokens before it was whole", { answer: message });
  }
}

function readOutput(answer: ModelAnswer, wanted: WantedOutput<unknown>): Promise<Validated<unknown>> {
  const text = outputText(answer);
  const parsed = readJson(text);
  if (parsed !== undefined) return wanted.read(parsed.value);
  return Promise.resolve({ problems: [text.trim() === "" ? "it is empty" : "it is no JSON"] });
}

/** The work of asking for output, its options looked at. Throws what is wrong with them. */
function createWork(
  completions: ChatCompletions,
  options: AnyOptions,
  stream: boolean,
): Work<unknown, ParsedOutput<unknown>> {
  const {
    schema,
    schemaName = "answer",
    schemaDescription,
    strict = true,
    mode = "auto",
    repair = false,
    requestOptions,
    extraBody,
    signal: _,
    messages: begun,
    ...rest
  } = options;
  checkCompletions(completions);
  if (!Array.isArray(begun)) throw new HawserError("The option messages has to be a list of messages");
  const asked = [...begun];
  const wanted = toWantedOutput(schema, { name: schemaName, description: schemaDescription, strict });
  const members: JsonObject = { ...rest, ...extraBody, ...(stream && { stream }) };
  const left = mode === "auto" ? [...modes] : [mode];
  let asksUsage = stream;

  const nextMode: Concession = {
    about: aboutForm,
    concede: () => left.length > 1 && left.shift() !== undefined,
  };
  const noUsage: Concession = {
    about: /stream_options|include_usage/i,
    concede: () => {
      const did = asksUsage;
      asksUsage = false;
      return did;
    },
  };

  return async (emit: Emit<unknown>, signal: AbortSignal): Promise<ParsedOutput<unknown>> => {
    const messages = [...asked];
    const usages: (CompletionUsage | undefined)[] = [];
    let hasBegun = false;
    const ask = (): Promise<ModelAnswer> => {
      hasBegun = false;
      const growing = createGrowingOutput();
      const tell = (event: ModelEvent): Promise<void> | undefined => {
        hasBegun = true;
        const partial = wanted.unwrap(growing.read(event));
        return partial === undefined ? undefined : emit(partial);
      };
      const usage = asksUsage && { stream_options: { include_usage: true } };
      return askModel({
        completions,
        body: { ...toOutputRequest(left[0]!, wanted, members, messages), ...usage },
        requestOptions,
        signal,
        onEvent: emit.isHeard ? tell : undefined,
      });
    };
    for (let turnsLeft = repair ? 1 : 0; ; turnsLeft -= 1) {
      const answer = await withConcessions(ask, [noUsage, nextMode], () => hasBegun);
      usages.push(answer.usage);
      checkAnswer(answer);
      const { message } = answer;
      const output = await readOutput(answer, wanted);
      if (output.problems === undefined) {
        return { value: output.value, message, usage: sumUsage(usages), mode: left[0]! };
      }
      if (turnsLeft === 0) throw new InvalidOutputError(output.problems, { answer: message });
      messages.push(...toRepairTurn(answer, output.problems));
    }
  };
}

function start(
  completions: ChatCompletions,
  options: AnyOptions,
  stream: boolean,
): Run<unknown, ParsedOutput<unknown>> {
  return new Run(
    toWork(() => createWork(completions, options, stream)),
    options?.signal,
  );
}

/**
 * Asks for an answer of the form a schema says, and gives it as the schema reads it. The server is asked by
 * `response_format` with the JSON Schema; one that refuses that (400, 422) by `json_object` with the schema in the
 * conversation, and one that refuses this too, by a tool it has to call.
 *
 * @param completions `client.chat.completions` of a generated client or of the `openai` package
 * @throws {InvalidSchemaError} when the schema can't be said as a JSON Schema, or not in strict mode; nothing is sent
 * @throws {RefusalError} when the model refuses, or a filter withholds the answer
 * @throws {LengthError} when the answer reaches the limit of tokens
 * @throws {InvalidOutputError} when the answer doesn't fit the schema, with `repair` twice
 */
export async function parse<Completions extends ChatCompletions, Schema extends StandardSchema>(
  completions: Completions,
  options: ParseOptions<Completions, Schema>,
): Promise<ParsedOutput<SchemaOutput<Schema>>> {
  const output = await start(completions, options as unknown as AnyOptions, false);
  return output as ParsedOutput<SchemaOutput<Schema>>;
}

/**
 * As `parse`, streamed: iterating gives the output as far as it has come with each piece of it, one object that grows in
 * place; awaiting gives the whole, read by the schema. When the server or a repair makes it begin anew, so does the
 * object. It begins when it is iterated or awaited, and fails there with the errors of `parse`; nothing is thrown at once.
 */
export function parseStream<Completions extends ChatCompletions, Schema extends StandardSchema>(
  completions: Completions,
  options: ParseOptions<Completions, Schema>,
): ParseRun<PartialOutput<SchemaInput<Schema>>, SchemaOutput<Schema>> {
  const run: unknown = start(completions, options as unknown as AnyOptions, true);
  return run as ParseRun<PartialOutput<SchemaInput<Schema>>, SchemaOutput<Schema>>;
}
