import { requireShallow } from "../depth.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../json.ts";
import { accumulate, accumulateMember, copyJson } from "../merge/accumulate.ts";
import type { ReportQuirk } from "../quirk.ts";
import { requireText } from "../tolerance/event-members.ts";

/** Joins what the events say of one content block. */
export interface ContentBlockBuilder {
  begin(block: JsonObject): void;
  add(delta: JsonObject, raw: string): void;
  /** Nothing more comes: a tool's input is parsed, this once. */
  stop(): void;
  readonly hasBegun: boolean;
  readonly hasStopped: boolean;
  /** The block so far. `isCut` tells that the answer was cut off after its last event. */
  build(isCut: boolean): JsonObject;
}

/** The blocks that deltas belong to, for a block whose beginning never came. */
const blockTypes: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ["text_delta", { type: "text" }],
  ["citations_delta", { type: "text", text: "" }],
  ["thinking_delta", { type: "thinking", signature: "" }],
  ["signature_delta", { type: "thinking", thinking: "" }],
  ["input_json_delta", { type: "tool_use", id: "", name: "" }],
]);

function isFilled(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length > 0;
}

/** A builder for one block. */
export function createContentBlockBuilder(report: ReportQuirk): ContentBlockBuilder {
  let begun: JsonObject | undefined;
  let guessed: JsonObject = {};
  let hasStopped = false;
  /** The members that are joined from pieces. */
  const joined: JsonObject = {};
  let signature: string | undefined;
  let json: string | undefined;
  let input: JsonObject | undefined;

  function textOf(delta: JsonObject, name: string, raw: string): string {
    return requireText(delta, name, "", raw, report);
  }

  /** The input of a tool, or the text of what there is of it. */
  function buildInput(block: JsonObject, isCut: boolean): JsonObject {
    const { input: sent, ...rest } = block;
    const isBlank = json === undefined || json.trim() === "";
    const isWhole =
      begun !== undefined && hasStopped && (isBlank ? !isCut || isFilled(sent) : input !== undefined);
    if (isWhole) return { ...rest, input: isBlank ? (sent ?? {}) : copyJson(input) };
    const text = isBlank && isFilled(sent) ? JSON.stringify(sent) : (json ?? "");
    return { ...rest, partial_json: text, incomplete: true };
  }

  return {
    begin(block) {
      begun = copyJson(block);
    },

    add(delta, raw) {
      const type = String(delta.type);
      guessed = blockTypes.get(type) ?? guessed;
      if (type === "text_delta") accumulateMember(joined, "text", textOf(delta, "text", raw));
      else if (type === "thinking_delta") {
        accumulateMember(joined, "thinking", textOf(delta, "thinking", raw));
      } else if (type === "signature_delta") signature = textOf(delta, "signature", raw);
      else if (type === "input_json_delta") {
        json = (json ?? "") + textOf(delta, "partial_json", raw);
      } else if (type === "citations_delta") accumulateMember(joined, "citations", [delta.citation]);
      else {
        const { type: _, ...others } = delta;
        accumulate(joined, others);
      }
    },

    stop() {
      if (hasStopped) return;
      hasStopped = true;
      if (json === undefined) return;
      const value = tryParseJson(json)?.value;
      requireShallow("A tool's input", value, json);
      if (isJsonObject(value)) input = value;
    },

    get hasBegun() {
      return begun !== undefined;
    },
    get hasStopped() {
      return hasStopped;
    },

    build(isCut) {
      const block = copyJson(begun ?? guessed);
      accumulate(block, joined);
      if (signature !== undefined) block.signature = signature;
      if (block.type === "tool_use" || json !== undefined) return buildInput(block, isCut);
      return hasStopped ? block : { ...block, incomplete: true };
    },
  };
}
