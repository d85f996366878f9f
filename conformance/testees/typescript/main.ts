// The testee of this project's own packages: answers the runner's questions, a line of JSON each.
import { readLines } from "../../src/lines.ts";
import type { VectorKind } from "../../src/vector.ts";
import type { Question, Reader } from "./exchange.ts";
import {
  readChat,
  readJsonLines,
  readJsonSequence,
  readMessages,
  readMultipart,
  readMultipartStream,
  readPartialJson,
  readResponses,
  readServerSentEvents,
} from "./read-stream.ts";
import { readCompletion, sendRequest } from "./send-request.ts";

const readers: Readonly<Record<VectorKind, Reader>> = {
  "server-sent-events": readServerSentEvents,
  "json-lines": readJsonLines,
  "json-sequence": readJsonSequence,
  multipart: readMultipart,
  "multipart-stream": readMultipartStream,
  chat: readChat,
  responses: readResponses,
  messages: readMessages,
  "partial-json": readPartialJson,
  "error-body": readCompletion,
  completion: readCompletion,
  request: sendRequest,
};

async function answer(line: string): Promise<void> {
  const question = JSON.parse(line) as Question;
  const { run, kind } = question;
  const found = await readers[kind](question).then(
    (result) => ({ run, result }),
    (error: unknown) => ({ run, failure: String(error) }),
  );
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

for await (const line of readLines(process.stdin)) void answer(line);
// The runner decides when it is over, whatever bodies are open then.
process.exit();
