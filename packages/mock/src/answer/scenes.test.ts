import { expect, test } from "vitest";
import { documentAnswering } from "../../test/helpers.ts";
import { readDocument } from "../document/read-document.ts";
import { createScenes, type Scene } from "./scenes.ts";

const examples = { queued: { value: 1 }, running: { value: 2 }, done: { value: 3 } };
const { document, operations } = await readDocument(
  documentAnswering(
    { 200: { description: "", content: { "application/json": { examples } } }, 429: { description: "" } },
    { "x-hawser-scenes": { finishes: { getThing: ["queued", { example: "running", cut: 1 }, "done"] } } },
  ),
);
const [operation] = operations;
const scenesWith = (given?: Record<string, Scene>) => createScenes(operations, document, "test.yaml", given);

test("the answers of a scene come in order, and the last one repeats", () => {
  const scenes = scenesWith();
  expect(scenes.next("finishes", operation!)).toEqual({ example: "queued" });
  expect(scenes.next("finishes", operation!)).toEqual({ example: "running", cut: 1 });
  expect(scenes.next("finishes", operation!)).toEqual({ example: "done" });
  expect(scenes.next("finishes", operation!)).toEqual({ example: "done" });
});

test("each scene has got as far as it has itself, until all begin anew", () => {
  const scenes = scenesWith({ fails: { getThing: [{ status: 429 }, "done"] } });
  expect(scenes.names).toEqual(["finishes", "fails"]);
  scenes.next("finishes", operation!);
  expect(scenes.next("fails", operation!)).toEqual({ status: 429 });
  expect(scenes.next("finishes", operation!)).toEqual({ example: "running", cut: 1 });
  scenes.restart();
  expect(scenes.next("fails", operation!)).toEqual({ status: 429 });
});

test("the scene in use answers when none is named, from its beginning", () => {
  const scenes = scenesWith();
  expect(scenes.next(undefined, operation!)).toBeUndefined();
  scenes.use("finishes");
  expect(scenes.next(undefined, operation!)).toEqual({ example: "queued" });
  scenes.use({ getThing: ["done"] });
  expect(scenes.next(undefined, operation!)).toEqual({ example: "done" });
  scenes.use("finishes");
  expect(scenes.next(undefined, operation!)).toEqual({ example: "queued" });
  scenes.use(undefined);
  expect(scenes.next(undefined, operation!)).toBeUndefined();
});

test("a scene that is given goes before the document's of the same name", () => {
  expect(scenesWith({ finishes: { getThing: ["done"] } }).next("finishes", operation!)).toEqual({
    example: "done",
  });
});

test("an unknown scene is turned down with those there are", () => {
  expect(() => scenesWith().use("ends")).toThrow('There is no scene "ends". There are finishes.');
  expect(() => scenesWith().next("ends", operation!)).toThrow(/no scene "ends"/);
});

test.each<[string, unknown, RegExp]>([
  ["an unknown operation", { getThings: ["done"] }, /scene.*no operation "getThings". There are getThing/],
  ["an unknown example", { getThing: ["done", "over"] }, /#\/getThing\/1: getThing has no example "over"/],
  ["an unknown status", { getThing: [{ status: 500 }] }, /#\/getThing\/0: getThing has no answer 500/],
  ["an unknown member", { getThing: [{ exmple: "done" }] }, /"exmple" is not known/],
  ["no steps", { getThing: [] }, /needs a list of steps/],
  ["a step that is none", { getThing: [1] }, /a step is the name of an example, or an object/],
])("%s is turned down", (_, scene, message) => {
  expect(() => scenesWith().use(scene as Scene)).toThrow(message);
});

test("a scene of the document that doesn't fit it is told with its place", () => {
  const broken = { ...document, "x-hawser-scenes": { finishes: { getThing: ["over"] }, odd: 1 } };
  expect(() => createScenes(operations, broken, "test.yaml")).toThrow(
    /test.yaml at #\/x-hawser-scenes\/finishes\/getThing\/0: .*\n.*#\/x-hawser-scenes\/odd/,
  );
});
