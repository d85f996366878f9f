import { Runcrate } from "@hawser/inference/runcrate";
import {
  createChatCompletion,
  createClient,
  listModels,
  retrieveVideo,
} from "@hawser/inference/runcrate/operations";
import type { MockServer } from "@hawser/mock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRuncrate } from "./mock.ts";

let server: MockServer;

beforeAll(async () => {
  server = await startRuncrate();
});

afterAll(() => server.close());

test("flat functions take a client of their own", async () => {
  const client = createClient({ apiKey: "rc_live_test", baseURL: server.url });
  expect((await listModels(client)).data.length).toBeGreaterThan(0);
  expect((await retrieveVideo(client, "video_1")).id).toBeTruthy();
});

test("flat functions take the transport of the resource client", async () => {
  const { transport } = new Runcrate({ apiKey: "rc_live_test", baseURL: server.url });
  const stream = await createChatCompletion(transport, {
    model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
    messages: [{ role: "user", content: "Hello" }],
    stream: true,
  });
  expect((await stream.finalCompletion()).choices[0]?.finish_reason).toBe("stop");
});
