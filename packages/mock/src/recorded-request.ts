import type { SendOutcome } from "./send/send-body.ts";

/** How a request was answered. */
export interface RecordedAnswer {
  readonly status: number;
  /** `client left` when the client went away before the end. */
  readonly outcome: SendOutcome;
}

/** A request the server got. */
export interface RecordedRequest {
  readonly method: string;
  /** Path as it was sent, base path included, without the query. */
  readonly path: string;
  /** Query as it was sent, without the question mark. */
  readonly query: URLSearchParams;
  /** Headers by their names in lower case, keys and all. They are left out when the request is printed. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as text. */
  readonly body: string;
  readonly bytes: Uint8Array;
  /** The body parsed; `undefined` when it isn't JSON. */
  readonly json: unknown;
  /** When the body was there. */
  readonly when: Date;
  /** Id of the operation it was for; `undefined` when there is none. */
  readonly operationId: string | undefined;
  /** Resolves when the answer is over, whichever way. Never rejects. */
  readonly answer: Promise<RecordedAnswer>;
}

/** Makes the record of a request. Its headers aren't enumerable, so that no failed assertion prints a key. */
export function recordRequest(request: Omit<RecordedRequest, "body" | "json" | "when">): RecordedRequest {
  const { headers, bytes, ...rest } = request;
  const body = new TextDecoder().decode(bytes);
  const record = { ...rest, body, bytes, json: parsed(body), when: new Date(), headers };
  Object.defineProperty(record, "headers", { enumerable: false });
  Object.defineProperty(record, "bytes", { enumerable: false });
  return record;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
