import { isObject } from "../json.ts";

/**
 * How much a request is like an example of a request: members with equal values count for it, members of another type
 * or that only one has count against it. Of arrays the last items are compared, since lists grow at the end: that is
 * what tells a conversation that waits for a tool from one that has the tool's answer.
 */
export function likeness(request: unknown, example: unknown): number {
  if (Array.isArray(request) && Array.isArray(example)) return likeness(request.at(-1), example.at(-1));
  if (isObject(request) && isObject(example)) {
    const names = new Set([...Object.keys(request), ...Object.keys(example)]);
    return [...names].reduce((sum, name) => sum + likeness(request[name], example[name]), 0);
  }
  if (request === example) return 1;
  return typeof request === typeof example && Array.isArray(request) === Array.isArray(example) ? 0 : -1;
}
