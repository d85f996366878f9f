import { streamOf } from "./binary-source.ts";
import { InvalidRequestError } from "./errors.ts";

/** Statuses whose answers have no body; a Response of the platform refuses one (Fetch, "null body status"). */
const bodyless: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** What an answer of another class has for a body: a web stream, a Node stream, or none to be seen. */
interface ForeignAnswer {
  readonly body?: (Partial<ReadableStream<Uint8Array>> & Partial<AsyncIterable<Uint8Array | string>>) | null;
  arrayBuffer?(): Promise<ArrayBuffer>;
}

async function* wholeBody(answer: ForeignAnswer): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await answer.arrayBuffer!());
}

/** The body as pieces to iterate over; undefined when it is a web stream already, or when there is none. */
function foreignPieces(answer: ForeignAnswer): AsyncIterable<Uint8Array | string> | undefined {
  const { body } = answer;
  if (body === undefined) return typeof answer.arrayBuffer === "function" ? wholeBody(answer) : undefined;
  if (body === null || typeof body.getReader === "function") return undefined;
  return Symbol.asyncIterator in body ? (body as AsyncIterable<Uint8Array>) : undefined;
}

/**
 * Makes an answer of the platform's kind out of what a `fetch` of the caller's own gave: some have a Node stream as
 * their body (`node-fetch`), others none but the methods that read it. Everything behind relies on a web stream.
 *
 * @throws InvalidRequestError when it is no answer at all.
 */
export function adoptResponse(answer: unknown): Response {
  if (typeof (answer as Response | undefined)?.status !== "number") {
    throw new InvalidRequestError("The fetch that was given returned something else than a Response.");
  }
  const response = answer as Response;
  const pieces = foreignPieces(response as ForeignAnswer);
  if (pieces === undefined) return response;
  const { status, statusText, headers, url } = response;
  const body = bodyless.has(status) ? null : streamOf(pieces);
  const adopted = new Response(body, { status, statusText: statusText ?? "", headers });
  // A constructed response has no URL of its own.
  Object.defineProperty(adopted, "url", { value: url ?? "" });
  return adopted;
}
