import { isJsonObject, type JsonObject } from "../json.ts";
import { accumulate, copyJson } from "../merge/accumulate.ts";
import { inOrder } from "../merge/numbered.ts";
import type { ReportQuirk } from "../quirk.ts";
import { findObject, requireNumber, requireText } from "../tolerance/event-members.ts";
import type { TypedEvent } from "../typed-event-decoder.ts";

/** Joins what the events say of the items of a response's output. */
export interface OutputBuilder {
  /** Adds an event that belongs to an item; one that is not known changes nothing. */
  add(event: TypedEvent, raw: string): void;
  /** Takes over the items of a response that is in progress. */
  resume(items: readonly unknown[]): void;
  /**
   * The items in order. What was not done is `incomplete`, unless the status of the response is `completed`: then
   * nothing was cut off.
   */
  build(status: string | undefined): JsonObject[];
}

type ListName = "content" | "summary";

interface ItemParts {
  item: JsonObject;
  isDone: boolean;
  readonly lists: Record<ListName, Map<number, JsonObject>>;
}

/** What a text that comes in pieces is part of. */
interface TextPlace {
  readonly itemType: string;
  /** The member that has the text, of the part or of the item itself. */
  readonly member: string;
  readonly list?: ListName;
  readonly partType?: string;
}

const textPlaces: ReadonlyMap<string, TextPlace> = new Map([
  ["response.output_text", { itemType: "message", list: "content", partType: "output_text", member: "text" }],
  ["response.refusal", { itemType: "message", list: "content", partType: "refusal", member: "refusal" }],
  [
    "response.reasoning_text",
    { itemType: "reasoning", list: "content", partType: "reasoning_text", member: "text" },
  ],
  [
    "response.reasoning_summary_text",
    { itemType: "reasoning", list: "summary", partType: "summary_text", member: "text" },
  ],
  ["response.function_call_arguments", { itemType: "function_call", member: "arguments" }],
  ["response.custom_tool_call_input", { itemType: "custom_tool_call", member: "input" }],
  ["response.mcp_call_arguments", { itemType: "mcp_call", member: "arguments" }],
  ["response.code_interpreter_call_code", { itemType: "code_interpreter_call", member: "code" }],
]);

const partPlaces: ReadonlyMap<string, { itemType: string; list: ListName }> = new Map([
  ["response.content_part", { itemType: "message", list: "content" }],
  ["response.reasoning_summary_part", { itemType: "reasoning", list: "summary" }],
]);

const ownMembers: Readonly<Record<string, JsonObject>> = {
  message: { role: "assistant", content: [] },
  reasoning: { summary: [] },
  function_call: { call_id: "", name: "", arguments: "" },
};

/** Numbers the objects of a list. */
function number(list: unknown): Map<number, JsonObject> {
  const entries = Array.isArray(list) ? [...(list as unknown[]).entries()] : [];
  return new Map(entries.filter((entry): entry is [number, JsonObject] => isJsonObject(entry[1])));
}

function toParts(item: JsonObject, isDone: boolean): ItemParts {
  // What is done is not added to any more, so the event's own object can be kept.
  if (isDone) return { item, isDone, lists: { content: new Map(), summary: new Map() } };
  const own = copyJson(item);
  return { item: own, isDone, lists: { content: number(own.content), summary: number(own.summary) } };
}

function buildItem({ item, isDone, lists }: ItemParts, status: string): JsonObject {
  if (isDone) return copyJson(item);
  const { content, summary } = lists;
  return {
    ...copyJson(item),
    ...(content.size === 0 ? {} : { content: inOrder(content).map(copyJson) }),
    ...(summary.size === 0 ? {} : { summary: inOrder(summary).map(copyJson) }),
    status,
  };
}

/** A builder for the output of one response. */
export function createOutputBuilder(report: ReportQuirk): OutputBuilder {
  const items = new Map<number, ItemParts>();

  function findIndex(id: unknown): number {
    for (const [index, { item }] of items) if (typeof id === "string" && item.id === id) return index;
    return Math.max(items.size - 1, 0);
  }

  /** The item an event belongs to. */
  function itemOf(event: TypedEvent, itemType: string): ItemParts {
    const index = requireNumber(event, "output_index", () => findIndex(event.item_id), report);
    let parts = items.get(index);
    if (parts === undefined) {
      report("Q45", "/output_index", "The event belongs to an item that was never begun");
      parts = toParts({ type: itemType, id: event.item_id ?? "", ...ownMembers[itemType] }, false);
      items.set(index, parts);
    }
    return parts;
  }

  function partOf(event: TypedEvent, parts: ItemParts, list: ListName, begin: () => JsonObject): JsonObject {
    const name = list === "content" ? "content_index" : "summary_index";
    const index = requireNumber(event, name, () => 0, report);
    let part = parts.lists[list].get(index);
    if (part === undefined) {
      part = begin();
      parts.lists[list].set(index, part);
    }
    return part;
  }

  function addItem(event: TypedEvent, isDone: boolean): void {
    const item = findObject(event, "item", report);
    if (item === undefined) return;
    const next = (): number => (isDone ? findIndex(item.id) : items.size);
    items.set(requireNumber(event, "output_index", next, report), toParts(item, isDone));
  }

  function addPart(event: TypedEvent, place: { itemType: string; list: ListName }, isDone: boolean): void {
    const added = findObject(event, "part", report);
    if (added === undefined) return;
    const parts = itemOf(event, place.itemType);
    const part = partOf(event, parts, place.list, () => ({}));
    if (parts.isDone) return;
    if (isDone) for (const name of Object.keys(part)) delete part[name];
    accumulate(part, added);
  }

  function addText(event: TypedEvent, place: TextPlace, isDone: boolean, raw: string): void {
    const { itemType, list, partType, member } = place;
    const parts = itemOf(event, itemType);
    const target =
      list === undefined ? parts.item : partOf(event, parts, list, () => ({ type: partType, [member]: "" }));
    const before = typeof target[member] === "string" ? target[member] : "";
    const text = isDone
      ? requireText(event, member, before, raw, report)
      : before + requireText(event, "delta", "", raw, report);
    if (!parts.isDone) target[member] = text;
  }

  function addAnnotation(event: TypedEvent): void {
    const parts = itemOf(event, "message");
    const part = partOf(event, parts, "content", () => ({ type: "output_text", text: "" }));
    if (parts.isDone) return;
    const annotation = copyJson(event.annotation);
    if (Array.isArray(part.annotations)) part.annotations.push(annotation);
    else part.annotations = [annotation];
  }

  return {
    add(event, raw) {
      const { type } = event;
      const dot = type.lastIndexOf(".");
      const [subject, verb] = [type.slice(0, dot), type.slice(dot + 1)];
      const isDone = verb === "done";
      if (subject === "response.output_item") return addItem(event, isDone);
      if (type === "response.output_text.annotation.added") return addAnnotation(event);
      const part = partPlaces.get(subject);
      if (part !== undefined) return addPart(event, part, isDone);
      const text = textPlaces.get(subject);
      if (text !== undefined && (isDone || verb === "delta")) addText(event, text, isDone, raw);
    },

    resume(list) {
      for (const [index, item] of number(list)) {
        if (!items.has(index)) items.set(index, toParts(item, item.status === "completed"));
      }
    },

    build(status) {
      const itemStatus = status === "completed" ? status : "incomplete";
      return inOrder(items).map((parts) => buildItem(parts, itemStatus));
    },
  };
}
