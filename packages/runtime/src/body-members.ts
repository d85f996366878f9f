import { isUploadable } from "./binary-source.ts";

/** The members of a body. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a body is an object whose members are written, and not bytes or a form that are sent as they are. */
export function isMembers(value: unknown): value is Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(isUploadable(value) || value instanceof FormData || value instanceof URLSearchParams);
}
