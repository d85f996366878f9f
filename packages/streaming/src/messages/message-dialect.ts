import { isJsonObject, type JsonObject } from "../json.ts";
import { copyJson, replaceMember } from "../merge/accumulate.ts";
import { inOrder } from "../merge/numbered.ts";
import type { ReportQuirk } from "../quirk.ts";
import { findObject, requireNumber } from "../tolerance/event-members.ts";
import type { EventDialect, TypedEvent } from "../typed-event-decoder.ts";
import { type ContentBlockBuilder, createContentBlockBuilder } from "./content-block-builder.ts";
import type { Message } from "./message-types.ts";

/** The reasons to stop that cut the last block off. */
const limits: ReadonlySet<unknown> = new Set(["max_tokens", "model_context_window_exceeded"]);

function replaceMembers(target: JsonObject, source: unknown, except: readonly string[] = []): void {
  if (!isJsonObject(source)) return;
  for (const name of Object.keys(source))
    if (!except.includes(name)) replaceMember(target, name, source[name]);
}

/** The text of a block, as far as it has some of its own. */
function textOfBlock(block: unknown): string {
  return isJsonObject(block) && block.type === "text" && typeof block.text === "string" ? block.text : "";
}

/** The text an event adds to a message. */
function textOf({ type, message, content_block: block, delta }: TypedEvent): string {
  if (type === "content_block_delta" && isJsonObject(delta) && delta.type === "text_delta") {
    return delta.text as string;
  }
  if (type === "content_block_start") return textOfBlock(block);
  if (type !== "message_start" || !isJsonObject(message) || !Array.isArray(message.content)) return "";
  return message.content.map(textOfBlock).join("");
}

/** How the events of the Messages API make a message. */
export function createMessageDialect(report: ReportQuirk): EventDialect<Message> {
  const blocks = new Map<number, ContentBlockBuilder>();
  const members: JsonObject = {
    id: "",
    type: "message",
    role: "assistant",
    model: "",
    stop_reason: null,
    stop_sequence: null,
  };
  const usage: JsonObject = {};

  function blockAt(index: number): ContentBlockBuilder {
    let block = blocks.get(index);
    if (block === undefined) {
      block = createContentBlockBuilder(report);
      blocks.set(index, block);
    }
    return block;
  }

  /** The block of an event: the one begun last when it has no index. */
  function blockOf(event: TypedEvent): ContentBlockBuilder {
    const isNew = event.type === "content_block_start";
    const next = (): number => (isNew ? blocks.size : Math.max(blocks.size - 1, 0));
    return blockAt(requireNumber(event, "index", next, report));
  }

  /** Makes of an empty stop reason the `null` that is meant: the message goes on. */
  function repairStopReason(object: JsonObject, pointer: string): void {
    if (object.stop_reason !== "") return;
    report("Q16", `${pointer}/stop_reason`, "The stop reason is empty where null is meant");
    object.stop_reason = null;
  }

  function start(message: JsonObject): void {
    repairStopReason(message, "/message");
    replaceMembers(members, message, ["content", "usage"]);
    replaceMembers(usage, message.usage);
    const content: unknown[] = Array.isArray(message.content) ? message.content : [];
    for (const [index, value] of content.entries()) {
      if (!isJsonObject(value)) continue;
      const block = blockAt(index);
      block.begin(value);
      block.stop();
    }
  }

  function build(): Message {
    const isCut = limits.has(members.stop_reason);
    const built = inOrder(blocks);
    const content = built.map((block, place) => block.build(isCut && place === built.length - 1));
    return { ...copyJson(members), content, usage: copyJson(usage) } as unknown as Message;
  }

  return {
    add(event, raw) {
      const { type } = event;
      if (type === "message_start") start(findObject(event, "message", report) ?? {});
      else if (type === "content_block_start") {
        const block = findObject(event, "content_block", report);
        if (block !== undefined) blockOf(event).begin(block);
      } else if (type === "content_block_delta") {
        const delta = findObject(event, "delta", report);
        if (delta !== undefined) blockOf(event).add(delta, raw);
      } else if (type === "content_block_stop") blockOf(event).stop();
      else if (type === "message_delta") {
        if (isJsonObject(event.delta)) repairStopReason(event.delta, "/delta");
        replaceMembers(members, event.delta);
        replaceMembers(members, event, ["type", "delta", "usage"]);
        replaceMembers(usage, event.usage);
      }
    },

    endOf: ({ type }) => (type === "message_stop" ? { reason: "complete" } : undefined),

    bodyMember: "content",
    fromBody(body) {
      return Array.isArray(body.content) ? { type: "message_start", message: body } : undefined;
    },

    finish() {
      for (const [index, block] of blocks) {
        if (!block.hasBegun) report("Q45", `/${index}`, "A content block was never begun");
        if (block.hasStopped) continue;
        report("Q45", `/${index}`, "A content block was never stopped");
        block.stop();
      }
      if (members.stop_reason === null) report("Q7", "", "The last event came before a stop reason");
      const isCutOff = build().content.some((block) => block.type === "tool_use" && block.incomplete);
      if (members.stop_reason === "tool_use" && isCutOff) {
        report("Q18", "/delta/stop_reason", "The message stops for a tool whose input is cut off");
      }
    },

    isWhole: () => members.stop_reason !== null,
    build,
    createTextReader: () => textOf,
    ending: "stop reason and no message_stop",
  };
}
