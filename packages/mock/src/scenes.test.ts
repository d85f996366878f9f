import { afterAll, beforeEach, expect, test } from "vitest";
import { documentAnswering, question, runcrate, send } from "../test/helpers.ts";
import { createMockServer } from "./create-mock-server.ts";

const server = await createMockServer({
  ...runcrate,
  scenes: {
    videoCompletes: { retrieveVideo: ["queued", "processing", "completed"] },
    videoFails: { retrieveVideo: ["failed"] },
    recovers: { createChatCompletion: [{ status: 503 }, { example: "plain", cut: 10 }, "plain"] },
  },
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
});

const statusOf = async (prefer?: string) => {
  const response = await send(server, "GET", "/videos/1", { ...(prefer !== undefined && { prefer }) });
  return ((await response.json()) as { status: string }).status;
};

test("a scene answers one example after the other", async () => {
  server.useScene("videoCompletes");
  expect([await statusOf(), await statusOf(), await statusOf(), await statusOf()]).toEqual([
    "queued",
    "processing",
    "completed",
    "completed",
  ]);
});

test("a scene can be named by the request, and keeps its own count", async () => {
  expect(await statusOf("scene=videoCompletes")).toBe("queued");
  expect(await statusOf("scene=videoFails")).toBe("failed");
  expect(await statusOf("scene=videoCompletes")).toBe("processing");
  expect(await statusOf()).toBe("queued");
});

test("an example asked for by name goes before the scene, and takes no step of it", async () => {
  server.useScene("videoCompletes");
  expect(await statusOf("example=failed")).toBe("failed");
  expect(await statusOf()).toBe("queued");
});

test("a request that is turned down takes no step", async () => {
  server.useScene("videoCompletes");
  expect((await fetch(`${server.url}/videos/1`)).status).toBe(401);
  expect(await statusOf()).toBe("queued");
});

test("a scene can hold errors and broken streams", async () => {
  server.useScene("recovers");
  const ask = () => send(server, "POST", "/chat/completions", { body: { ...question, stream: true } });
  expect((await ask()).status).toBe(503);
  await expect((await ask()).text()).rejects.toThrow();
  expect(await (await ask()).text()).toMatch(/data: \[DONE\]/);
});

test("a reset goes back to no scene, and to the beginning of all", async () => {
  server.useScene("videoCompletes");
  await statusOf();
  server.reset();
  expect(await statusOf("scene=videoCompletes")).toBe("queued");
  expect(await statusOf("scene=videoFails")).toBe("failed");
});

test("a scene that isn't there gets a 400 that names those there are", async () => {
  const response = await send(server, "GET", "/videos/1", { prefer: "scene=none" });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { error: { message: expect.stringMatching(/There are .*videoCompletes, videoFails.*, recovers/) } },
  ]);
  expect(server.scenes).toEqual(["videoCompletes", "videoFails", "toolLoop", "recovers"]);
});

test("a scene can stand in the document, and be in use from the start", async () => {
  const content = { "application/json": { examples: { first: { value: 1 }, second: { value: 2 } } } };
  const document = documentAnswering(
    { 200: { description: "", content } },
    { "x-hawser-scenes": { backwards: { getThing: ["second", "first"] } } },
  );
  await using staged = await createMockServer({ document, scene: "backwards" });
  const ask = async () => (await send(staged, "GET", "/thing")).json();
  expect([await ask(), await ask()]).toEqual([2, 1]);
  staged.reset();
  expect(await ask()).toBe(2);
});
