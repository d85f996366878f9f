import { isObject } from "../json.ts";
import {
  anything,
  count,
  either,
  flag,
  identifier,
  jsonPointer,
  listOf,
  mapOf,
  milliseconds,
  name,
  objectOf,
  oneOf,
  type Shape,
  status,
  text,
  variable,
} from "./shape.ts";

/** Where in a document a key can stand. */
export type Place = "the document" | "an operation" | "a parameter" | "a schema" | "a media type";

/** One `x-hawser-*` key: where it stands and what it holds. */
export interface Key {
  readonly places: readonly Place[];
  readonly shape: Shape;
}

const envelope = objectOf(
  { data: jsonPointer },
  { success: objectOf({ pointer: jsonPointer, values: listOf(anything) }), status: jsonPointer },
);

const methodPath: Shape = {
  takes: "names with dots between them, such as videos.create",
  check(value, pointer, misfit) {
    if (/^[\p{L}_][\w\p{L}]*(\.[\p{L}_][\w\p{L}]*)*$/u.test(String(value))) return;
    misfit(pointer, `it takes ${this.takes}, not "${String(value)}".`);
  },
};

const acceptorState = oneOf(["success", "failure", "retry"]);
const acceptor = either(
  (value) => isObject(value) && "status" in value,
  objectOf({ state: acceptorState, status }, { within: milliseconds, gone: flag }),
  objectOf({ state: acceptorState, pointer: jsonPointer, values: listOf(anything) }, { gone: flag }),
);

const waiter = objectOf(
  {
    delay: objectOf({ minimum: milliseconds, maximum: milliseconds }),
    timeout: milliseconds,
    acceptors: listOf(acceptor),
  },
  {
    progress: jsonPointer,
    reason: jsonPointer,
    result: text,
    create: objectOf({ operation: text, id: jsonPointer }, { method: identifier, undo: text }),
  },
);

const stream = objectOf(
  {},
  {
    flag: name,
    itemSchema: anything,
    item: oneOf(["payload", "envelope", "text"]),
    sentinel: name,
    dialect: oneOf(["chat.completions", "responses", "messages"]),
    explicit: flag,
  },
);
/** What normalisation itself wrote is not checked again. */
const normalisedStream: Shape = either(
  (value) => isObject(value) && Array.isArray(value.events),
  anything,
  stream,
);

/** Every key there is, by its name without `x-hawser-`. */
export const keys: Readonly<Record<string, Key>> = {
  client: {
    places: ["the document"],
    shape: objectOf(
      {},
      {
        name,
        environment: objectOf(
          {},
          { apiKey: variable, baseURL: variable, clientId: variable, clientSecret: variable },
        ),
        options: mapOf(identifier, objectOf({ description: text }, { variable })),
      },
    ),
  },
  cost: {
    places: ["an operation"],
    shape: objectOf(
      { perHour: jsonPointer },
      { prices: objectOf({ operation: text, perHour: jsonPointer, match: mapOf(name, jsonPointer) }) },
    ),
  },
  envelope: {
    places: ["the document", "an operation"],
    shape: either((value) => value === false, anything, envelope),
  },
  finders: {
    places: ["an operation"],
    shape: mapOf(identifier, objectOf({ pointer: jsonPointer }, { parameter: name })),
  },
  map: { places: ["a schema"], shape: objectOf({ key: name, value: name }) },
  method: { places: ["an operation"], shape: methodPath },
  option: { places: ["a parameter"], shape: identifier },
  pages: {
    places: ["an operation"],
    shape: objectOf(
      { scheme: oneOf(["offset", "page", "cursor", "none"]), items: jsonPointer },
      {
        offset: name,
        limit: name,
        page: name,
        cursor: name,
        firstPage: count,
        nextCursor: jsonPointer,
        hasMore: jsonPointer,
        total: jsonPointer,
      },
    ),
  },
  path: { places: ["an operation"], shape: text },
  retry: { places: ["an operation"], shape: oneOf(["safe", "idempotent", "costly"]) },
  scenes: { places: ["the document"], shape: anything },
  stream: { places: ["an operation"], shape: normalisedStream },
  timeouts: {
    places: ["an operation"],
    shape: mapOf(oneOf(["response", "firstEvent", "idle", "total"]), milliseconds),
  },
  upload: {
    places: ["an operation"],
    shape: objectOf({
      method: identifier,
      url: jsonPointer,
      result: jsonPointer,
      contentType: name,
      extension: name,
    }),
  },
  waiters: { places: ["an operation"], shape: mapOf(identifier, waiter) },
  when: { places: ["a media type"], shape: objectOf({ property: name, values: listOf(anything) }) },
  "when-unknown": { places: ["an operation"], shape: text },
};
