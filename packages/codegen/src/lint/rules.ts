import type { IR, Operation, Server } from "../ir/ir.ts";
import { defaultURL } from "../ir/servers.ts";
import { isObject, type Json, joinPointer } from "../json.ts";
import type { LintFinding } from "./lint.ts";

/** A finding without the document it is about. */
export type Advice = Omit<LintFinding, "source">;

/** What is missing for the client as a whole. */
export function* clientRules({ operations, servers }: IR): Generator<Advice> {
  if (operations.length === 0) {
    const message =
      'It describes no operation, so there is no client to generate: is its "paths" where it should be?';
    yield { severity: "error", rule: "operations", pointer: "#/paths", message };
  }
  const [server] = servers;
  const needed = operations.some((operation) => operation.servers === undefined);
  if (needed && (server === undefined || !isAbsolute(server))) {
    const message =
      'It names no server by URL, so that everybody has to say "baseURL": add one to "servers".';
    yield { severity: "warning", rule: "servers", pointer: "#/servers", message };
  }
}

function isAbsolute(server: Server): boolean {
  return /^https?:\/\//i.test(defaultURL(server));
}

function* serverRules({ id, servers: [server] = [] }: Operation, pointer: string): Generator<Advice> {
  if (server === undefined || isAbsolute(server)) return;
  const message = `${id} has a server that is relative to where the document is, so that everybody has to say "serverURLs": give it a whole URL.`;
  yield { severity: "warning", rule: "servers", pointer: joinPointer(pointer, "servers"), message };
}

/** What is missing at one operation. */
export function* operationRules(ir: IR, operation: Operation, pointer: string): Generator<Advice> {
  yield* serverRules(operation, pointer);
  yield* wordRules(operation, pointer);
  yield* answerRules(ir, operation, pointer);
  yield* streamRules(operation, pointer);
  yield* pageRules(operation, pointer);
}

function* wordRules(
  { id, summary, description, body, examples, errors }: Operation,
  pointer: string,
): Generator<Advice> {
  if (summary === undefined && description === undefined) {
    const message = `${id} has neither summary nor description: an editor will have nothing to show.`;
    yield { severity: "warning", rule: "description", pointer, message };
  }
  if (body?.encoding === "json" && examples.length === 0) {
    const message = `${id} has no example of a body: add one, which becomes an example of the client and an answer of the mock server.`;
    yield { severity: "warning", rule: "example", pointer: joinPointer(pointer, "requestBody"), message };
  }
  if (errors.length === 0) {
    const message = `${id} describes no unsuccessful answer, so that its errors have no type: describe at least "default".`;
    yield { severity: "warning", rule: "errors", pointer: joinPointer(pointer, "responses"), message };
  }
}

function* answerRules(ir: IR, { id, outcomes, body }: Operation, pointer: string): Generator<Advice> {
  for (const { kind, status, mediaType, schema } of outcomes) {
    if (kind !== "json" || !isAnything(ir, schema)) continue;
    const message = `The answer ${status} of ${id} can be anything: give its ${mediaType} a schema.`;
    yield {
      severity: "warning",
      rule: "answer-type",
      pointer: joinPointer(pointer, "responses", status),
      message,
    };
  }
  if (body?.encoding === "json" && isAnything(ir, body.schema)) {
    const message = `The body of ${id} can be anything: give its ${body.mediaType} a schema.`;
    yield { severity: "warning", rule: "body-type", pointer: joinPointer(pointer, "requestBody"), message };
  }
}

/** True for a schema that says nothing about its values. */
function isAnything(ir: IR, schema: Json | undefined): boolean {
  if (schema === undefined || schema === true) return true;
  if (!isObject(schema)) return false;
  if (typeof schema.$ref === "string")
    return isAnything(ir, ir.schemas[schema.$ref.replace("#/schemas/", "")]);
  return Object.keys(schema).every((key) => ["title", "description", "deprecated", "default"].includes(key));
}

function* streamRules({ id, stream }: Operation, pointer: string): Generator<Advice> {
  if (stream === undefined) return;
  if (
    stream.framing === "server-sent-events" &&
    stream.sentinel === undefined &&
    stream.dialect === undefined
  ) {
    const message = `Nothing marks the end of the stream of ${id}, so that a connection cut short looks like its end: set x-hawser-stream.sentinel, if the server sends one.`;
    yield { severity: "warning", rule: "stream-end", pointer, message };
  }
}

const cursors = /^(page|offset|cursor|page_token|pageToken|starting_after|after|next_token)$/;

function* pageRules({ id, method, pages, parameters }: Operation, pointer: string): Generator<Advice> {
  if (method !== "GET" || pages !== undefined) return;
  const parameter = parameters.find(({ in: place, name }) => place === "query" && cursors.test(name));
  if (parameter === undefined) return;
  const message = `${id} takes "${parameter.name}", as if it gave pages, but nothing says how to get the next: set x-hawser-pages.`;
  yield { severity: "warning", rule: "pages", pointer, message };
}
