import { isJsonObject, type JsonObject } from "../json.ts";
import { copyJson } from "../merge/accumulate.ts";
import type { ReportQuirk } from "../quirk.ts";
import type { StreamEnd } from "../stream-options.ts";
import { toServerError } from "../tolerance/server-error.ts";
import type { EventDialect, TypedEvent } from "../typed-event-decoder.ts";
import { createOutputBuilder } from "./output-builder.ts";
import type { ResponseObject } from "./response-types.ts";

/** The last events, and the status they give a response. */
const endings: ReadonlyMap<string, string> = new Map([
  ["response.completed", "completed"],
  ["response.incomplete", "incomplete"],
  ["response.failed", "failed"],
]);

/** How the events of the Responses API make a response. */
export interface ResponseDialect extends EventDialect<ResponseObject> {
  /** Whether the last event has come, and says that the response failed. */
  hasFailed(): boolean;
}

/** The text of all messages of a response, one after the other. */
function textOf({ output }: ResponseObject): string {
  let text = "";
  for (const item of output) {
    if (item.type !== "message" || !Array.isArray(item.content)) continue;
    for (const part of item.content) if (part.type === "output_text") text += part.text;
  }
  return text;
}

/** The dialect of one stream. */
export function createResponseDialect(report: ReportQuirk): ResponseDialect {
  const output = createOutputBuilder(report);
  let response: JsonObject = {};
  /** Given by the last event. */
  let status: string | undefined;

  function addLast(event: TypedEvent): void {
    if (!isJsonObject(event.response)) event.response = { ...response, status };
    response = event.response as JsonObject;
    if (Array.isArray(response.output) && response.output.length > 0) return;
    const streamed = output.build(status);
    // A response that failed need not repeat what it had said until then.
    const isExpected = status === "failed" || (streamed.length === 0 && Array.isArray(response.output));
    if (!isExpected) report("Q43", "/response/output", "The last event leaves the output out");
    response.output = streamed;
  }

  function addSnapshot(snapshot: unknown): void {
    if (!isJsonObject(snapshot)) return;
    response = snapshot;
    if (Array.isArray(snapshot.output)) output.resume(snapshot.output);
  }

  function build(): ResponseObject {
    const built: JsonObject = {
      id: "",
      created_at: 0,
      model: "",
      error: null,
      incomplete_details: null,
      ...response,
      object: "response",
      status: status ?? "incomplete",
      output: (status === undefined ? undefined : response.output) ?? output.build(status),
    };
    return copyJson(built) as unknown as ResponseObject;
  }

  return {
    add(event, raw) {
      status ??= endings.get(event.type);
      if (status !== undefined) addLast(event);
      else if ("response" in event) addSnapshot(event.response);
      else output.add(event, raw);
    },

    endOf(_event, raw): StreamEnd | undefined {
      if (status !== "failed") return status === undefined ? undefined : { reason: "complete" };
      return { reason: "error", error: toServerError(raw, { error: response.error }) };
    },

    bodyMember: "output",
    fromBody(body) {
      if (body.object !== "response" && !Array.isArray(body.output)) return undefined;
      return {
        type: `response.${typeof body.status === "string" ? body.status : "completed"}`,
        response: body,
      };
    },

    finish() {
      // A body is all there is, whatever its status: a response in the background is `queued`.
      status ??= String(response.status);
    },
    isWhole: () => false,
    hasFailed: () => status === "failed",
    build,

    createTextReader() {
      let isStreamed = false;
      return (event) => {
        if (event.type === "response.output_text.delta") {
          isStreamed = true;
          return event.delta as string;
        }
        // A server that streams no text may still have said some.
        return isStreamed || !endings.has(event.type) ? "" : textOf(build());
      };
    },

    ending: "response.completed, response.incomplete or response.failed",
  };
}
