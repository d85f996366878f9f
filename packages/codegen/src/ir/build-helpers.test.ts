import { join } from "node:path";
import { expect, test } from "vitest";
import { document, fixtures, problemsIn, representationOf } from "../../test/documents.ts";
import { represent } from "../generate.ts";

const cloud = await represent({ document: join(fixtures, "cloud", "openapi.yaml") });
const helper = (id: string) => cloud.ir.helpers.find((candidate) => candidate.id === id);

test("every key makes its helpers, in the order of the document", () => {
  expect(cloud.ir.helpers.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    "finder findInstancesByName",
    "finder findInstancesByRegion",
    "waiter waitUntilStatusRunning",
    "creation createInstanceAndWait",
    "waiter waitUntilStatusTerminated",
    "waiter waitUntilTaskDone",
    "creation createTaskAndWait",
    "upload uploadFile",
    "waiter waitUntilRunDone",
    "creation createAsyncCompletionAndWait",
  ]);
});

test("a waiter names operations by the ids they have now", () => {
  expect(helper("waitUntilStatusRunning")).toEqual({
    kind: "waiter",
    id: "waitUntilStatusRunning",
    name: "waitUntilRunning",
    operation: "retrieveInstanceStatus",
    result: "retrieveInstance",
    delay: { minimum: 2000, maximum: 10000 },
    timeout: 900000,
    progress: "/progress",
    reason: "/error_message",
    acceptors: [
      { state: "success", pointer: "/status", values: ["running"] },
      { state: "failure", pointer: "/status", values: ["failed", "terminated"] },
      { state: "retry", pointer: "/status", values: ["pending"] },
      { state: "retry", status: 404, within: 30000 },
    ],
  });
  expect(helper("createInstanceAndWait")).toEqual({
    kind: "creation",
    id: "createInstanceAndWait",
    name: "createAndWait",
    operation: "createInstance",
    waiter: "waitUntilStatusRunning",
    pointer: "/id",
    parameter: "id",
    undo: "terminateInstance",
  });
});

test("a creation with a condition knows it, and hangs where the creating operation does", () => {
  expect(helper("createAsyncCompletionAndWait")).toMatchObject({
    when: { property: "async", values: [true] },
    parameter: "uid",
  });
  const chat = cloud.ir.resources.resources.find(({ name }) => name === "chat");
  expect(chat?.resources.map(({ name, helpers }) => [name, helpers.map((entry) => entry.name)])).toEqual([
    ["completions", ["createAsyncAndWait"]],
    ["runs", ["waitUntilDone"]],
  ]);
});

test("a parameter of the query can take the id too", () => {
  expect(helper("createTaskAndWait")).toMatchObject({ parameter: "task_id", pointer: "/task_id" });
});

const finder = (path: string, id: string, name = "findByName") =>
  `'${path}': { get: { operationId: ${id}, x-hawser-pages: { scheme: none, items: '' }, x-hawser-finders: { ${name}: { pointer: /name } }, responses: { 200: { content: { application/json: {} } } } } }`;

test("a name that is taken gets all its resources, then a number", () => {
  const { helpers } = representationOf(
    document(`
paths:
  ${finder("/a/ships", "listA")}
  ${finder("/b/ships", "listB")}
  /x: { get: { operationId: findBShipsByName } }
`),
  );
  expect(helpers.map(({ id }) => id)).toEqual(["findShipsByName", "findBShipsByName2"]);
});

test("a helper that would take the place of a method is a problem", () => {
  const given = document(`paths: { ${finder("/ships", "listShips", "list")} }`);
  expect(problemsIn(() => representationOf(given))).toEqual([
    "#/paths/~1ships/get/x-hawser-finders: it makes ships.list, which there is already: give it another name.",
  ]);
});
