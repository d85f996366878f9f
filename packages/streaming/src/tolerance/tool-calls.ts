import { invalidData } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { ReportQuirk } from "../quirk.ts";
import { createToolCallLocator, repeats, type ToolCall } from "./tool-call-locator.ts";

/** Repairs the tool calls of one choice. */
export interface ToolCallRepair {
  /**
   * Repairs the fragments of one delta in place (Q24-Q30, Q32): afterwards `index` tells which call each belongs to, `id`
   * and `type` stand in the first fragment that knows them, the name comes once, and arguments are text.
   */
  repair(fragments: unknown, position: number, raw: string): void;
  /**
   * What takes further pieces of the arguments of the call with this index, when nothing but these comes of it. It
   * answers `false` when a piece needs repair.
   */
  follow(index: number): (piece: string) => boolean;
  /** Says how the finish reason and the calls contradict each other (Q17, Q18). */
  finish(finishReason: string | null, choice: number): void;
}

/** The text of arguments that came as something else (Q30); `undefined` when there are none. */
function toArgumentsText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Adds a piece to the arguments, unless it is all of them once more: then the answer is `false`. */
function addArguments(call: ToolCall, piece: string): boolean {
  if (piece === "") return true;
  if (repeats(call, piece)) return false;
  call.scanner.push(piece);
  call.text.add(piece);
  return true;
}

/** A repair for the calls of one choice of one stream. */
export function createToolCallRepair(report: ReportQuirk, maxToolCalls: number): ToolCallRepair {
  const locator = createToolCallLocator(report, maxToolCalls);

  /** Makes the member text, and gives it; `undefined` when there is none. */
  function repairText(payload: JsonObject, member: string, pointer: string): string | undefined {
    const value = payload[member];
    if (typeof value === "string") return value;
    const text = toArgumentsText(value);
    if (text === undefined) {
      delete payload[member];
      return undefined;
    }
    report("Q30", `${pointer}/${member}`, "The arguments are no text");
    payload[member] = text;
    return text;
  }

  function repairArguments(call: ToolCall, payload: JsonObject, pointer: string): void {
    const piece = repairText(payload, "arguments", pointer);
    if (piece === undefined || piece === "") return;
    if (addArguments(call, piece)) return;
    report("Q30", `${pointer}/arguments`, "The arguments are repeated as a whole");
    delete payload.arguments;
  }

  function repairName(call: ToolCall, payload: JsonObject, pointer: string): void {
    if (!("name" in payload)) return;
    const { name } = payload;
    if (typeof name === "string" && name !== "" && call.name === "") {
      call.name = name;
      return;
    }
    report("Q28", `${pointer}/name`, name ? "The name of a call is repeated" : "The name of a call is empty");
    delete payload.name;
  }

  function repairIdentity(call: ToolCall, isFirst: boolean, fragment: JsonObject, pointer: string): void {
    const { id, type } = fragment;
    if (call.id === "" && typeof id === "string" && id !== "") {
      if (!isFirst) report("Q27", `${pointer}/id`, "The id of a call comes late");
      call.id = locator.claimId(id, call, pointer);
      fragment.id = call.id;
    } else if (isFirst || "id" in fragment) {
      if (isFirst || typeof id !== "string" || id === "")
        report("Q27", `${pointer}/id`, "The id of a call is missing");
      delete fragment.id;
    }
    if (typeof type === "string" && type !== "") return;
    if (isFirst) {
      report("Q29", `${pointer}/type`, "The type of a call is missing");
      fragment.type = isJsonObject(fragment.custom) ? "custom" : "function";
    } else if ("type" in fragment) {
      report("Q29", `${pointer}/type`, "The type of a call is empty");
      delete fragment.type;
    }
  }

  function repairFragment(fragment: JsonObject, at: number, count: number, position: number): void {
    const pointer = `/choices/${position}/delta/tool_calls/${at}`;
    const { call, isFirst } = locator.locate(fragment, at, count, pointer);
    fragment.index = call.index;
    repairIdentity(call, isFirst, fragment, pointer);
    if (isJsonObject(fragment.function)) {
      repairName(call, fragment.function, `${pointer}/function`);
      repairArguments(call, fragment.function, `${pointer}/function`);
    } else delete fragment.function;
    if (isJsonObject(fragment.custom)) {
      repairName(call, fragment.custom, `${pointer}/custom`);
      repairText(fragment.custom, "input", `${pointer}/custom`);
    } else delete fragment.custom;
  }

  return {
    repair(fragments, position, raw) {
      if (!Array.isArray(fragments)) throw invalidData("The tool calls of a delta are no list", raw);
      for (let at = 0; at < fragments.length; at++) {
        const fragment: unknown = fragments[at];
        if (!isJsonObject(fragment)) throw invalidData("A tool call of a delta is no object", raw);
        repairFragment(fragment, at, fragments.length, position);
      }
    },

    follow(index) {
      const call = locator.calls.find((one) => one.index === index)!;
      return (piece) => addArguments(call, piece);
    },

    finish(finishReason, choice) {
      const pointer = `/choices/${choice}/finish_reason`;
      const { calls } = locator;
      if (finishReason === "stop" && calls.length > 0) {
        report("Q17", pointer, "The finish reason is stop although tools are called");
      } else if (finishReason === "tool_calls" && calls.length === 0) {
        report("Q17", pointer, "The finish reason is tool_calls although no tool is called");
      } else if (finishReason === "tool_calls" && calls.some(isCutOff)) {
        report("Q18", pointer, "The finish reason is tool_calls although the arguments are cut off");
      }
    },
  };
}

/** Whether the arguments of a call began and were not closed. */
function isCutOff(call: ToolCall): boolean {
  return !call.scanner.isClosed() && /^\s*[{[]/.test(call.text.text);
}
