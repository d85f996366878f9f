import { HawserError, TimeoutError } from "@hawser/streaming";
import { followSignal, startTimer, untilAborted } from "../abort.ts";
import type { ModelCall } from "../chat/ask-model.ts";
import { ToolError } from "../errors.ts";
import { type JsonObject, tryParse } from "../json.ts";
import { validate } from "../schema/validate.ts";
import type { Tool, ToolContext, ToolKind } from "../tool/tool.ts";
import { isToolContent } from "../tool/tool-content.ts";
import type { Limiter } from "./limiter.ts";
import type { LoopOptions } from "./options.ts";
import type { ToolEndEvent, ToolStartEvent } from "./run-event.ts";
import type { ToolCall, ToolCallStatus } from "./step.ts";

/** What a runner works with. */
export interface CallRunnerOptions
  extends Pick<LoopOptions<never>, "repairCall" | "needsApproval" | "toolTimeout"> {
  readonly tools: readonly Tool[];
  readonly step: number;
  readonly runId: string;
  readonly limit: Limiter;
  readonly signal: AbortSignal;
  /** What tools work with. */
  readonly context: unknown;
  readonly emit: (
    event: ToolStartEvent | ToolEndEvent<"tool.done" | "tool.failed" | "tool.denied">,
  ) => unknown;
}

/** A call as the model made it, under an id of its own. */
export type NewCall = Pick<ModelCall, "id" | "index" | "name" | "kind" | "arguments">;

/** A call that can be run. */
interface ReadyCall {
  readonly tool: Tool;
  readonly input: unknown;
  readonly call: ToolCall;
  readonly needsApproval: boolean;
}

/** What becomes of a call that is answered. */
type Settled = Exclude<ToolCallStatus, "pending">;

/** Runs calls. Whatever becomes of one is an answer to the model; only an abort is thrown. */
export interface CallRunner {
  /** Runs a call, unless a person has to agree first: then it stays `pending`. */
  run(call: NewCall): Promise<ToolCall>;
  /** Runs a call a person has agreed to. */
  runApproved(call: ToolCall): Promise<ToolCall>;
  /** Whether the tool was started. */
  hasBegun(call: NewCall | ToolCall): boolean;
  /** A call that is not over although the run is: what the model is told if its conversation goes on. */
  abandon(call: NewCall | ToolCall): ToolCall;
  /** A call that is answered without being run. */
  settle(call: NewCall | ToolCall, status: Settled, answer: string | ReturnType<typeof toAnswer>): ToolCall;
}

/** What is told of a call that was under way when the run was aborted. */
const unfinished = "The run was aborted before this call ended; whether it took effect is not known.";
const notBegun = "The run was aborted before this call was run: it took no effect.";

const nothing = "(no output)";

function show(text: string, length = 400): string {
  return text.length > length ? `${text.slice(0, length)} … (${text.length} characters)` : text;
}

/**
 * What the model is answered for what a tool gave: a bigint is text, a map or a set a list, an error its words. The tool
 * has run, and a model that was told of a failure might call it once more: so what can't be said as JSON is none.
 */
function toContent(output: unknown): string {
  if (typeof output === "string") return output;
  const write = (_: string, value: unknown): unknown => {
    if (typeof value === "bigint") return String(value);
    return value instanceof Map || value instanceof Set ? [...value] : value;
  };
  try {
    if (output instanceof Error) return new HawserError(String(output)).message;
    // Of what JSON has no word for, `stringify` makes no text.
    return (JSON.stringify(output, write) as string | undefined) ?? nothing;
  } catch {
    return "(done; its output can't be said as JSON)";
  }
}

/** What the model is answered for what a tool gave, and shown beside. */
export function toAnswer(output: unknown): Pick<ToolCall, "content" | "attachments"> {
  if (!isToolContent(output)) return { content: toContent(output) };
  const texts = output.parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
  const attachments = output.parts.filter(({ type }) => type !== "text");
  const content = texts.join("\n");
  if (attachments.length === 0) return { content: content || nothing };
  return { content: content || `(${attachments.length} attached)`, attachments };
}

/** What is thrown, in its own words. Anything can be thrown, also what can't be looked at. */
function reasonOf(error: unknown): string {
  try {
    if (typeof error !== "object" || error === null) return String(error);
    const { message, name } = error as JsonObject;
    if (typeof message === "string" && message !== "") return message;
    return error instanceof Error ? String(name) : toContent(error);
  } catch {
    return "what it threw can't be shown";
  }
}

/** Half a character, which text that is cut may end with: servers refuse a whole request for it. */
const lone = /\p{Surrogate}/gu;

function toWellFormed(text: string): string {
  return text.replace(lone, "\ufffd");
}

/** How many characters of an error the model is told. */
const reasonLength = 4_000;

/** A text about an error that shows no key. */
function toFailureText(name: string, error: unknown): string {
  try {
    if (ToolError.is(error)) return error.message;
  } catch {
    // Something that can't even be looked at.
  }
  return new HawserError(`The tool ${name} failed: ${show(reasonOf(error), reasonLength)}`).message;
}

/** A runner for the calls of one step. */
export function createCallRunner(options: CallRunnerOptions): CallRunner {
  const { tools, step, runId, limit, signal, emit } = options;
  /** The keys of the calls whose tools were started. */
  const begun = new Set<string>();

  function toCall(made: NewCall | ToolCall): ToolCall {
    if ("status" in made) return made;
    const { id, index, name, kind, arguments: text } = made;
    const idempotencyKey = `${runId}/${step}/${index}`;
    return { id, name, kind, arguments: text, idempotencyKey, status: "pending" };
  }

  function contextOf({ id, idempotencyKey }: ToolCall, callSignal: AbortSignal): ToolContext {
    return { context: options.context, signal: callSignal, callId: id, idempotencyKey, step };
  }

  function end(ended: ToolCall & { readonly status: Settled }): ToolCall {
    const call = { ...ended, content: toWellFormed(ended.content ?? "") };
    emit({ type: `tool.${call.status}`, step, call });
    return call;
  }

  /** Reads the arguments: their value, or what is wrong with them. */
  async function readArguments(
    tool: Tool,
    kind: ToolKind,
    text: string,
  ): Promise<{ readonly input: unknown; readonly problem?: undefined } | { readonly problem: string }> {
    if (tool.kind === "custom") {
      // The JSON around a text would be taken for the text.
      return kind === "custom"
        ? { input: text }
        : { problem: `${tool.name} is a custom tool: call it with plain text, not with JSON.` };
    }
    const parsed = tryParse(text.trim() === "" ? "{}" : text);
    if (parsed === undefined) {
      return { problem: `The arguments of ${tool.name} are no JSON; they were: ${show(text)}` };
    }
    // Arguments are always an object: models that have none to give write `null` too.
    const written = parsed.value ?? {};
    const value = tool.restore === undefined ? written : tool.restore(written);
    if (tool.schema === undefined) return { input: value };
    const { problems, ...read } = await validate(tool.schema, value);
    if (problems === undefined) return { input: (read as { value: unknown }).value };
    const list = problems.map((problem) => `- ${problem}`).join("\n");
    return { problem: `The arguments of ${tool.name} don't fit its schema:\n${list}` };
  }

  /** Finds the tool and reads the arguments, mended if need be. Throws a `ToolError` with what the model is told. */
  async function prepareCall(call: ToolCall, isApproved: boolean): Promise<ReadyCall> {
    const tool = tools.find(({ name }) => name === call.name);
    if (tool === undefined) {
      const names = tools.map(({ name }) => name).join(", ");
      throw new ToolError(`There is no tool ${show(call.name)}. There are: ${names || "none"}.`);
    }
    let text = call.arguments;
    let read = await readArguments(tool, call.kind, text);
    if (read.problem !== undefined && options.repairCall !== undefined) {
      const { id, name } = call;
      const mended = await options.repairCall({
        id,
        name,
        arguments: text,
        problem: read.problem,
        tool,
        signal,
      });
      const written = typeof mended === "string" ? mended : (JSON.stringify(mended) as string | undefined);
      if (written !== undefined) {
        text = written;
        read = await readArguments(tool, tool.kind, text);
      }
    }
    if (read.problem !== undefined) throw new ToolError(show(read.problem, reasonLength));
    const { input } = read;
    const ready = { ...call, arguments: text, input };
    const asked = { id: call.id, name: call.name, kind: call.kind, arguments: text, input };
    const needsApproval =
      !isApproved &&
      ((await tool.needsApproval(input, contextOf(call, signal))) ||
        ((await options.needsApproval?.(asked)) ?? false));
    return { tool, input, call: ready, needsApproval };
  }

  /** Hooks and schemas needn't know of the signal, nor hold up its abort. */
  function prepare(call: ToolCall, isApproved: boolean): Promise<ReadyCall> {
    return untilAborted(prepareCall(call, isApproved), signal);
  }

  async function execute({ tool, input, call }: ReadyCall): Promise<ToolCall> {
    signal.throwIfAborted();
    begun.add(call.idempotencyKey);
    emit({ type: "tool.start", step, call });
    const timeout = tool.timeout ?? options.toolTimeout;
    const own = followSignal(signal);
    const timeUp = (): void => own.abort(new TimeoutError({ clock: "total", timeout: timeout ?? 0 }));
    const stopTimer = startTimer(timeout, timeUp);
    try {
      const running = Promise.resolve(tool.execute(input, contextOf(call, own.signal)));
      const output = await untilAborted(running, own.signal);
      return end({ ...call, status: "done", output, ...toAnswer(output) });
    } catch (error) {
      // The tool may have thrown an error of its own when its signal was aborted.
      if (!own.signal.aborted || signal.aborted) throw error;
      throw new ToolError(`The tool ${call.name} did not finish within ${timeout} ms.`, { cause: error });
    } finally {
      stopTimer();
      own.release();
    }
  }

  /** Lets nothing but the end of the run out: any other error is an answer. */
  async function answer(call: ToolCall, work: () => Promise<ToolCall>): Promise<ToolCall> {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      return end({ ...call, status: "failed", error, content: toFailureText(call.name, error) });
    }
  }

  const settle: CallRunner["settle"] = (made, status, text) => {
    const answered = typeof text === "string" ? { content: text } : text;
    return end({ ...toCall(made), status, ...answered });
  };

  const hasBegun = (made: NewCall | ToolCall): boolean => begun.has(toCall(made).idempotencyKey);

  return {
    run(made) {
      const call = toCall(made);
      return answer(call, async () => {
        const ready = await prepare(call, false);
        return ready.needsApproval ? ready.call : limit(() => execute(ready));
      });
    },
    runApproved(call) {
      return answer(call, async () => {
        const ready = await prepare(call, true);
        return limit(() => execute(ready));
      });
    },
    hasBegun,
    abandon: (made) => settle(made, "failed", hasBegun(made) ? unfinished : notBegun),
    settle,
  };
}
