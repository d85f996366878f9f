import { invalidData } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { ReportQuirk } from "../quirk.ts";
import { toWholeChunk } from "./whole-body.ts";

/** Repairs what stands around the choices (Q10, Q12, Q14, Q19), and gives the chunk with `choices` as an array. */
export function repairEnvelope(chunk: JsonObject, raw: string, report: ReportQuirk): JsonObject {
  if (chunk.id === "" || chunk.model === "" || chunk.object === "") {
    report("Q14", "", "The chunk's id, model or object is empty");
  }
  const { object } = chunk;
  if (typeof object === "string" && object !== "chat.completion.chunk" && object !== "") {
    report("Q19", "/object", "The chunk calls itself something else than chat.completion.chunk");
  }
  if (chunk.choices === undefined || chunk.choices === null) {
    report("Q12", "/choices", "The chunk has no choices");
    chunk.choices = [];
  } else if (!Array.isArray(chunk.choices)) throw invalidData("The choices of a chunk are no list", raw);
  return chunk;
}

/** Whether the choice is one of a whole completion, not of a chunk. */
function isWholeChoice(choice: unknown): boolean {
  return isJsonObject(choice) && !isJsonObject(choice.delta) && isJsonObject(choice.message);
}

/** A whole completion that came as an event of its own (Q10) as a chunk, unless its text has been streamed before. */
export function unwrapCompletion(chunk: JsonObject, isFirst: boolean, report: ReportQuirk): JsonObject {
  if (!isFirst || chunk.object !== "chat.completion") return chunk;
  if (!(chunk.choices as unknown[]).some(isWholeChoice)) return chunk;
  report("Q10", "", "One event carries the whole completion");
  return toWholeChunk(chunk);
}

/** Repairs a choice itself (Q13, Q15, Q16): afterwards `index`, `delta` and `finish_reason` are what they should be. */
export function repairChoice(choice: JsonObject, position: number, report: ReportQuirk): void {
  if (typeof choice.index !== "number") {
    report("Q13", `/choices/${position}/index`, "The choice has no index");
    choice.index = position;
  }
  if (!isJsonObject(choice.delta)) {
    report("Q13", `/choices/${position}/delta`, "The choice has no delta");
    choice.delta = {};
  }
  const delta = choice.delta as JsonObject;
  if ("role" in delta && (typeof delta.role !== "string" || delta.role === "")) {
    report("Q15", `/choices/${position}/delta/role`, "The role is empty");
    delete delta.role;
  }
  const reason = choice.finish_reason;
  if (reason !== null && (typeof reason !== "string" || reason === ""))
    repairFinishReason(choice, position, report);
}

function repairFinishReason(choice: JsonObject, position: number, report: ReportQuirk): void {
  const { finishReason } = choice;
  const pointer = `/choices/${position}/finish_reason`;
  if (typeof finishReason === "string" && finishReason !== "") {
    report("Q16", pointer, "The finish reason is called finishReason");
    choice.finish_reason = finishReason;
    return;
  }
  report("Q16", pointer, "The finish reason is missing or empty where null is meant");
  choice.finish_reason = null;
}
