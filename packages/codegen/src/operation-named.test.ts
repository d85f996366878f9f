import { expect, test } from "vitest";
import { document } from "../test/documents.ts";
import { operationId, operationNamed } from "./operation-named.ts";

const doc = document("paths: { /a: { get: { operationId: getTask }, post: { operationId: get-list } } }");

test("an operation is found by its id, and by the id that normalisation made of it", () => {
  expect(operationNamed(doc, "getTask")?.method).toBe("get");
  expect(operationNamed(doc, "get-task")?.method).toBe("get");
  expect(operationNamed(doc, "get-list")?.method).toBe("post");
  expect(operationNamed(doc, "gone")).toBeUndefined();
  expect(operationId(doc, "get-task")).toBe("getTask");
});
