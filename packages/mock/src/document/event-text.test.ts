import { expect, test } from "vitest";
import { eventText } from "./event-text.ts";

test("a list of events becomes server-sent events", () => {
  const items = [{ event: "ping", data: "1\n2", id: "a", retry: 5 }, { data: { a: 1 } }, { data: "[DONE]" }];
  expect(eventText(items, "text/event-stream")).toBe(
    'event: ping\nid: a\nretry: 5\ndata: 1\ndata: 2\n\ndata: {"a":1}\n\ndata: [DONE]\n\n',
  );
});

test("a list of payloads becomes server-sent events too", () => {
  expect(eventText([{ delta: "a" }, "end"], "text/event-stream")).toBe(
    'data: {"delta":"a"}\n\ndata: end\n\n',
  );
});

test("a list of values becomes JSON lines", () => {
  expect(eventText([{ a: 1 }, [2]], "application/x-ndjson")).toBe('{"a":1}\n[2]\n');
});

test("a list of values becomes a sequence of JSON texts", () => {
  expect(eventText([{ a: 1 }, [2]], "application/json-seq")).toBe('\u001e{"a":1}\n\u001e[2]\n');
});
