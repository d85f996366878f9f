import { isJsonObject, type JsonObject } from "../json.ts";
import { requireFewer } from "../limits.ts";
import { GrowingText } from "../merge/growing-text.ts";
import type { ReportQuirk } from "../quirk.ts";
import { createJsonScanner, type JsonScanner } from "./json-scanner.ts";

/** What is known of a tool call so far. */
export interface ToolCall {
  /** Its index in the chunks that come out, its own even where the server gave several calls the same. */
  readonly index: number;
  /** Empty until one was given. */
  id: string;
  /** The id as the server sent it, before it was made unique. */
  sentId: string;
  /** Empty until one was given. */
  name: string;
  /** The arguments so far. */
  readonly text: GrowingText;
  /** Follows the arguments: are they a JSON text that has been closed? */
  readonly scanner: JsonScanner;
}

/** Finds the call a fragment belongs to. */
export interface ToolCallLocator {
  /** All calls, in the order they came. */
  readonly calls: readonly ToolCall[];
  /** The call of a fragment, the `at`th of `count` in its delta. */
  locate(
    fragment: JsonObject,
    at: number,
    count: number,
    pointer: string,
  ): { call: ToolCall; isFirst: boolean };
  /** Gives a call its id, made unique when another call has it (Q27): answers to tools are told apart by it alone. */
  claimId(id: string, call: ToolCall, pointer: string): string;
}

interface Fragment {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

function read(fragment: JsonObject): Fragment {
  const payload = isJsonObject(fragment.function)
    ? fragment.function
    : isJsonObject(fragment.custom)
      ? fragment.custom
      : {};
  const text = payload.arguments ?? payload.input;
  return {
    id: typeof fragment.id === "string" ? fragment.id : "",
    name: typeof payload.name === "string" ? payload.name : "",
    text: typeof text === "string" ? text : text ? JSON.stringify(text) : "",
  };
}

/** Whether the text is that of the call, which was whole, once more. */
export function repeats(call: ToolCall, text: string): boolean {
  // The length first: comparing the whole text with every small piece would cost the square of its length.
  return (
    text.length * 2 >= call.text.length && call.scanner.isClosed() && text.trim() === call.text.text.trim()
  );
}

/** Whether the fragment begins again after the call's arguments were whole, and is not their repetition. */
function beginsAnew(call: ToolCall, { name, text }: Fragment): boolean {
  if (name === "" || call.name === "" || !call.scanner.isClosed()) return false;
  if (name !== call.name) return true;
  return text.trim() !== "" && !repeats(call, text);
}

/**
 * A locator for the calls of one choice. The index decides; where it is missing (Q24) or shared (Q25), ids decide, and
 * where those are missing too (Q27), a name that comes after the arguments were whole.
 */
export function createToolCallLocator(report: ReportQuirk, maxToolCalls: number): ToolCallLocator {
  const calls: ToolCall[] = [];
  const used = new Set<number>();
  const ids = new Set<string>();
  /** The latest call under each index the server used. */
  const bySentIndex = new Map<number, ToolCall>();
  let nextFree = 0;

  function create(sentIndex: number | undefined): ToolCall {
    requireFewer("tool calls in one answer", calls.length, maxToolCalls, "maxToolCalls");
    while (used.has(nextFree)) nextFree += 1;
    const index = sentIndex === undefined || used.has(sentIndex) ? nextFree : sentIndex;
    const call: ToolCall = {
      index,
      id: "",
      sentId: "",
      name: "",
      text: new GrowingText(),
      scanner: createJsonScanner(),
    };
    used.add(index);
    calls.push(call);
    if (sentIndex !== undefined) bySentIndex.set(sentIndex, call);
    return call;
  }

  function bySentId(id: string): ToolCall | undefined {
    return id === "" ? undefined : calls.findLast((call) => call.sentId === id);
  }

  function locateByIndex(sentIndex: number, fragment: Fragment, pointer: string): ToolCall | undefined {
    const current = bySentIndex.get(sentIndex);
    if (current === undefined) return undefined;
    const { id, name } = fragment;
    if (id === "" || current.sentId === "" || id === current.sentId) {
      return beginsAnew(current, fragment) ? undefined : current;
    }
    const known = bySentId(id);
    if (known !== undefined) {
      bySentIndex.set(sentIndex, known);
      return known;
    }
    if (name !== "") return undefined;
    report("Q27", `${pointer}/id`, "The id of a call changes while it is being sent");
    return current;
  }

  function locateWithoutIndex(fragment: Fragment, at: number, count: number): ToolCall | undefined {
    const { id, name } = fragment;
    const known = bySentId(id);
    if (known !== undefined) return beginsAnew(known, fragment) ? undefined : known;
    // Without ids and names, several fragments at once can only be the calls in their order.
    if (id === "" && name === "" && count > 1) return calls[at];
    const last = calls.at(-1);
    if (last === undefined) return undefined;
    if (id !== "") return name === "" && last.sentId === "" ? last : undefined;
    if (name === "") return last;
    return at > 0 || beginsAnew(last, fragment) || (last.name !== "" && last.name !== name)
      ? undefined
      : last;
  }

  function readIndex(fragment: JsonObject, pointer: string): number | undefined {
    const { index } = fragment;
    if (typeof index === "number" && index >= 0 && Number.isInteger(index)) return index;
    report("Q24", `${pointer}/index`, "The index of a call is missing");
    return typeof index === "string" && /^\d{1,9}$/.test(index) ? Number(index) : undefined;
  }

  return {
    calls,

    locate(fragment, at, count, pointer) {
      const sentIndex = readIndex(fragment, pointer);
      const known =
        sentIndex === undefined
          ? locateWithoutIndex(read(fragment), at, count)
          : locateByIndex(sentIndex, read(fragment), pointer);
      if (known !== undefined) return { call: known, isFirst: false };
      if (sentIndex !== undefined && bySentIndex.has(sentIndex)) {
        report("Q25", `${pointer}/index`, "Several calls have the same index");
      } else if (sentIndex !== undefined && sentIndex > calls.length) {
        report("Q26", `${pointer}/index`, "The indexes of the calls have a gap");
      }
      return { call: create(sentIndex), isFirst: true };
    },

    claimId(id, call, pointer) {
      call.sentId = id;
      let unique = id;
      for (let suffix = 1; ids.has(unique); suffix++) unique = `${id}_${suffix}`;
      if (unique !== id) report("Q27", `${pointer}/id`, "Several calls have the same id");
      ids.add(unique);
      return unique;
    },
  };
}
