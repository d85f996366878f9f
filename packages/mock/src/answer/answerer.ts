import { readFile } from "node:fs/promises";
import { STATUS_CODES } from "node:http";
import { type MockOperation, responseFor } from "../document/operation.ts";
import { withBoundary } from "../document/part-text.ts";
import { essenceOf, isJson, isSequential, isSequentialMultipart } from "../media-type.ts";
import type { Engine } from "../prism/engine.ts";
import type { Framing } from "../send/send-body.ts";
import type { Choice } from "./choose.ts";
import { type Fault, tellInBody } from "./error-body.ts";

/** An answer, ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly framing: Framing;
}

/** Makes answers from what the document holds. */
export interface Answerer {
  /** The chosen answer of an operation; generated from the schema when there is no example or `dynamic` is set. */
  chosen(
    operation: MockOperation,
    choice: Choice,
    generate?: { dynamic?: boolean; seed?: string },
  ): Promise<Answer>;
  /**
   * An error in the words and the shape of the API: the first of the statuses the operation has an example for, with
   * the message put in. Where there is none, any operation's example of the first status serves as the shape, and
   * where there is none of that either, the answer is a problem (RFC 9457). Without a message the API's own words stay, and
   * a problem has those of `inProblem`.
   */
  error(
    operation: MockOperation | undefined,
    statuses: readonly [number, ...number[]],
    message: string | undefined,
    faults?: readonly Fault[],
    inProblem?: string,
  ): Promise<Answer>;
}

/** Makes the answerer of one document. */
export function createAnswerer(operations: readonly MockOperation[], engine: Engine): Answerer {
  const chosen: Answerer["chosen"] = async (operation, { status, mediaType, example }, generate = {}) => {
    const streams = mediaType !== undefined && isSequential(mediaType);
    if (streams && example === undefined) {
      return problem(
        501,
        `${operation.id} answers with a stream, and the document has no transcript of one: give its ${mediaType} an example.`,
      );
    }
    const fromExample = example !== undefined && (generate.dynamic !== true || streams);
    const wanted = {
      status,
      ...(mediaType !== undefined && { mediaType }),
      ...(fromExample && { example: example.name }),
      ...(!fromExample && generate),
    };
    const answer = await engine.answer(operation, wanted).catch((error: unknown) => {
      if (fromExample) throw error;
      return String(error);
    });
    if (typeof answer === "string") {
      return problem(
        501,
        `no answer ${status} of ${operation.id} could be made from its schema (${answer}): give it an example.`,
      );
    }
    const body =
      fromExample && example.file !== undefined
        ? await readFile(example.file)
        : serialise(answer.body, mediaType);
    return {
      status: answer.status,
      headers:
        mediaType === undefined
          ? withoutType(answer.headers)
          : { ...answer.headers, "content-type": typeOf(mediaType, body) },
      body,
      framing: streams ? framingOf(mediaType) : "whole",
    };
  };

  const shapeFor = (operation: MockOperation, status: number): Choice | undefined => {
    const response = responseFor(operation, status);
    for (const { mediaType, examples } of response?.contents ?? []) {
      const [example] = examples;
      if (isJson(mediaType) && example !== undefined) return { status, mediaType, example };
    }
    return undefined;
  };

  return {
    chosen,
    async error(operation, statuses, message, faults = [], inProblem) {
      const [first] = statuses;
      const own = operation === undefined ? [] : statuses.map((status) => [operation, status] as const);
      for (const [candidate, status] of [...own, ...operations.map((other) => [other, first] as const)]) {
        const choice = shapeFor(candidate, status);
        if (choice === undefined) continue;
        const answer = await chosen(candidate, choice);
        if (message === undefined) return answer;
        const told = tellInBody(choice.example?.value, message, faults);
        if (told !== undefined) return { ...answer, body: serialise(told, choice.mediaType) };
      }
      return problem(first, message ?? inProblem ?? STATUS_CODES[first] ?? "");
    },
  };
}

/** A problem as RFC 9457 writes it: what the mock server itself has to say. */
function problem(status: number, detail: string): Answer {
  const body = { type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, detail };
  return {
    status,
    headers: { "content-type": "application/problem+json" },
    body: serialise(body, "application/problem+json"),
    framing: "whole",
  };
}

function serialise(value: unknown, mediaType: string | undefined): Uint8Array {
  if (value === undefined || mediaType === undefined) return new Uint8Array();
  const text = typeof value === "string" && !isJson(mediaType) ? value : JSON.stringify(value);
  return new TextEncoder().encode(text);
}

function framingOf(mediaType: string): Framing {
  if (essenceOf(mediaType) === "text/event-stream") return "events";
  return isSequentialMultipart(mediaType) ? "parts" : "lines";
}

/** Text goes out as UTF-8, and says so unless its media type can have no other encoding; parts with their boundary. */
function typeOf(mediaType: string, body: Uint8Array): string {
  if (isSequentialMultipart(mediaType)) return withBoundary(mediaType, body);
  const needsCharset = mediaType.startsWith("text/") && essenceOf(mediaType) !== "text/event-stream";
  return needsCharset && !mediaType.includes("charset") ? `${mediaType}; charset=utf-8` : mediaType;
}

function withoutType(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { "content-type": _, ...rest } = headers;
  return rest;
}
