import { expect, it } from "vitest";
import { isChatKeepAlive, isKeepAlive } from "./keep-alive.ts";

function look(data: string, event?: string): { any: boolean; chat: boolean; ids: string[] } {
  const ids = new Set<string>();
  const frame = { event, data, id: undefined, retry: undefined };
  const report = (id: string): void => void ids.add(id);
  return { any: isKeepAlive(frame, report), chat: isChatKeepAlive(frame, report), ids: [...ids] };
}

it.each([
  [": keepalive", undefined, { any: true, chat: true, ids: ["Q3"] }],
  ["", undefined, { any: true, chat: true, ids: ["Q4"] }],
  [" ", "ping", { any: true, chat: true, ids: ["Q4"] }],
  ['""', undefined, { any: false, chat: true, ids: ["Q4"] }],
  ['{"type":"ping"}', "ping", { any: false, chat: true, ids: ["Q4"] }],
  ["{}", undefined, { any: false, chat: false, ids: [] }],
  ["{}", "message", { any: false, chat: false, ids: [] }],
])("tells keep-alives apart: %j of event %s", (data, event, expected) => {
  expect(look(data, event)).toEqual(expected);
});
