import { invalidData } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { ReportQuirk } from "../quirk.ts";

/** The text of a part, of a list of parts, or of plain text. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).join("");
  return isJsonObject(value) ? textOf(value.text ?? value.thinking ?? "") : "";
}

function isThinking(part: unknown): boolean {
  return isJsonObject(part) && (part.type === "thinking" || part.type === "reasoning");
}

function isText(part: unknown): boolean {
  if (typeof part === "string") return true;
  return isJsonObject(part) && typeof part.text === "string" && !isThinking(part);
}

/** The text of the reasoning that is meant to be read among `reasoning_details`; encrypted parts have none. */
function detailsText(details: unknown): string {
  if (!Array.isArray(details)) return "";
  return details
    .map((detail: unknown) => (isJsonObject(detail) ? textOf(detail.text ?? detail.summary ?? "") : ""))
    .join("");
}

function isFilled(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/**
 * Repairs the texts of one choice's deltas (Q34, Q37): afterwards `content`, `refusal` and `reasoning_content` are text
 * or `null`, and `reasoning_content` has the reasoning whatever the server calls it. The server's own members stay.
 */
export function createContentRepair(
  report: ReportQuirk,
): (delta: JsonObject, position: number, raw: string) => void {
  // A server that sends the reasoning as text repeats it in the details, sometimes in chunks of their own.
  let hasReasoningText = false;

  function splitParts(delta: JsonObject, position: number): void {
    const { content } = delta;
    const parts: unknown[] = Array.isArray(content) ? content : [content];
    report("Q37", `/choices/${position}/delta/content`, "The content is a list of parts");
    const text = parts.filter(isText).map(textOf).join("");
    const thinking = parts.filter(isThinking).map(textOf).join("");
    const others = parts.filter((part) => !isText(part) && !isThinking(part));
    delta.content = text;
    if (thinking !== "" && !isFilled(delta.reasoning_content)) delta.reasoning_content = thinking;
    if (others.length > 0) delta.content_parts = others;
  }

  function findReasoning(delta: JsonObject, position: number): void {
    const { reasoning } = delta;
    if (isFilled(reasoning)) {
      report("Q34", `/choices/${position}/delta/reasoning`, "The reasoning is called reasoning");
      delta.reasoning_content = reasoning;
      return;
    }
    if (hasReasoningText) return;
    const text = detailsText(delta.reasoning_details);
    if (text === "") return;
    report("Q34", `/choices/${position}/delta/reasoning_details`, "The reasoning is in its details only");
    delta.reasoning_content = text;
  }

  function expectText(delta: JsonObject, name: string, raw: string): void {
    const value = delta[name];
    if (value === undefined || value === null || typeof value === "string") return;
    throw invalidData(`The ${name} of a delta is no text`, raw);
  }

  return (delta, position, raw) => {
    if (typeof delta.content === "object" && delta.content !== null) splitParts(delta, position);
    else expectText(delta, "content", raw);
    expectText(delta, "refusal", raw);
    if (typeof delta.reasoning_content === "object" && delta.reasoning_content !== null) {
      report("Q34", `/choices/${position}/delta/reasoning_content`, "The reasoning is a list of parts");
      delta.reasoning_content = textOf(delta.reasoning_content);
    } else expectText(delta, "reasoning_content", raw);
    const ownText = isFilled(delta.reasoning_content) || isFilled(delta.reasoning);
    if (!isFilled(delta.reasoning_content)) findReasoning(delta, position);
    if (ownText) hasReasoningText = true;
  };
}
