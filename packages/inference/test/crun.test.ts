import { Crun, InternalServerError, InvalidRequestError, PaymentRequiredError } from "@hawser/inference/crun";
import type { MockServer } from "@hawser/mock";
import { APIError, UnknownOutcomeError, WaiterFailureError } from "@hawser/runtime";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { always, startServer } from "./local-server.ts";
import { startCrun } from "./mock.ts";

let server: MockServer;
let crun: Crun;

beforeAll(async () => {
  server = await startCrun();
  crun = new Crun({ apiKey: "ak_test", baseURL: server.url, maxRetries: 0 });
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const input = { prompt: "A lighthouse" };
const soon = { delay: { minimum: 1, maximum: 2 } };

describe("the key", () => {
  test("is a bearer token for language models and a header of its own for the rest", async () => {
    await crun.models.list();
    await crun.account.balance();
    const [models, balance] = server.requests;
    expect(models?.headers).toMatchObject({ authorization: "Bearer ak_test" });
    expect(models?.headers["x-api-key"]).toBeUndefined();
    expect(balance?.headers).toMatchObject({ "x-api-key": "ak_test" });
    expect(balance?.headers.authorization).toBeUndefined();
  });

  test("is the header everywhere for those who choose it", async () => {
    const client = new Crun({ credentials: { ApiKeyAuth: "ak_test" }, baseURL: server.url });
    await client.models.list();
    await client.account.balance();
    for (const { headers } of server.requests) {
      expect(headers["x-api-key"]).toBe("ak_test");
      expect(headers.authorization).toBeUndefined();
    }
  });
});

describe("the envelope", () => {
  test("is opened, and is there for those who want it", async () => {
    const { data, body } = await crun.account.balance().withResponse();
    expect(data).toEqual({ balance: 96.5 });
    expect(body).toEqual({ code: 200, message: "success", data: { balance: 96.5 } });
  });

  test.each([401, 402, 403, 404, 422, 429, 455, 500, 501, 505])(
    "with the code %i is an error, whatever the status says",
    async (code) => {
      await using plain = await startServer(always(200, { code, message: "Not this time", data: null }));
      const client = new Crun({ apiKey: "ak_test", baseURL: plain.url, maxRetries: 0 });
      const result = await client.tasks.create({ model: "a/b", input }).result();
      expect(result.ok).toBe(false);
      if (result.ok) return;
      expect(result.error).toBeInstanceOf(APIError);
      expect(result.error).toMatchObject({ status: code, message: expect.stringContaining("Not this time") });
    },
  );

  test("chooses the class of the error", async () => {
    const call = crun.tasks.create({ model: "a/b", input }, { headers: { prefer: "example=refused" } });
    await expect(call).rejects.toBeInstanceOf(PaymentRequiredError);
  });
});

describe("tasks", () => {
  test("are created once, even when the server fails", async () => {
    await using failing = await startServer(always(500, { code: 500, message: "Server error" }));
    const client = new Crun({ apiKey: "ak_test", baseURL: failing.url });
    await expect(client.tasks.create({ model: "a/b", input })).rejects.toBeInstanceOf(InternalServerError);
    expect(failing.received).toHaveLength(1);
  });

  test("are created once, even when the connection breaks, and the error says what to do", async () => {
    await using breaking = await startServer((request) => void request.socket.destroy());
    const client = new Crun({ apiKey: "ak_test", baseURL: breaking.url });
    const error = await client.tasks.create({ model: "a/b", input }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnknownOutcomeError);
    expect((error as UnknownOutcomeError).hint).toContain("account.balance");
    expect(breaking.received).toHaveLength(1);
  });

  test("are waited for, also while the server doesn't know them yet", async () => {
    server.useScene("taskSucceeds");
    const states: unknown[] = [];
    const task = await crun.tasks.waitUntilDone(
      { task_id: "task_1" },
      { ...soon, onProgress: ({ state }) => void states.push(state) },
    );
    expect(task.result?.media_urls?.[0]).toMatch(/lighthouse\.png$/);
    expect(states).toEqual(["pending", "running", "success"]);
    expect(server.requests).toHaveLength(4);
    expect(server.requests.every(({ query }) => query.get("task_id") === "task_1")).toBe(true);
  });

  test("that fail say why", async () => {
    server.useScene("taskFails");
    const error = await crun.tasks
      .waitUntilDone({ task_id: "task_1" }, soon)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WaiterFailureError);
    expect((error as WaiterFailureError).reason).toBe("The prompt was rejected by the model's provider.");
  });

  test("are created and waited for in one call", async () => {
    server.useScene("taskSucceeds");
    const created: unknown[] = [];
    const task = await crun.tasks.createAndWait(
      { model: "bytedance/seedream-5-pro", input },
      { ...soon, onCreated: (one) => void created.push(one) },
    );
    expect(task.status).toBe("success");
    expect(created).toEqual([{ task_id: "task_01k9x3v7e2" }]);
    expect(server.requests.map(({ operationId }) => operationId)).toEqual([
      "createTask",
      ...Array.from({ length: 4 }, () => "retrieveTask"),
    ]);
    expect(server.requests[1]?.query.get("task_id")).toBe("task_01k9x3v7e2");
  });
});

describe("a model of tasks", () => {
  test("is asked for with the slash of its id as it is", async () => {
    await using plain = await startServer(always(200, { code: 200, message: "", data: { model: "a/b" } }));
    const client = new Crun({ apiKey: "ak_test", baseURL: plain.url });
    await client.taskModels.retrieve("bytedance/seedream-5 pro");
    expect(plain.received[0]?.url).toBe("/api/v1/client/job/Models/bytedance/seedream-5%20pro");
  });

  test("is found by the id with a slash", async () => {
    const model = await crun.taskModels.retrieve("bytedance/seedream-5-pro");
    expect(model.model).toBe("bytedance/seedream-5-pro");
  });

  test.each(["", "../balance", "a//b", "a/..", "a?b", "a#b"])("is not asked for by the id %j", async (id) => {
    await expect(crun.taskModels.retrieve(id)).rejects.toBeInstanceOf(InvalidRequestError);
    expect(server.requests).toHaveLength(0);
  });
});

test.each(["vidu", "bytedance", "kling"] as const)(
  "templates of %s are listed over all pages",
  async (maker) => {
    server.useScene("templatePages");
    const list = crun.templates[maker].list({ page_size: 2 });
    const templates: object[] = [];
    for await (const template of list) templates.push(template);
    expect(templates).toHaveLength(3);
    expect(server.requests.map(({ query }) => query.get("page") ?? "1")).toEqual(["1", "2"]);
  },
);

test("a file is uploaded in one call, and the store gets the bytes without the key", async () => {
  await using store = await startServer((_request, response) => response.writeHead(200).end());
  const place = {
    presigned_url: `${store.url}/bucket/a.png?signature=s`,
    file_url: "https://files.example.com/a.png",
  };
  await using api = await startServer(always(200, { code: 200, message: "success", data: place }));
  const client = new Crun({
    credentials: { ApiKeyAuth: "ak_secret", BearerAuth: "ak_secret" },
    baseURL: api.url,
    headers: { "x-tenant": "harbour" },
  });
  const url = await client.uploads.upload(new File(["pixels"], "Photo.PNG", { type: "image/png" }));
  expect(url).toBe("https://files.example.com/a.png");
  expect(api.received[0]?.url).toBe("/api/v1/client/files/upload-url?content_type=image%2Fpng&ext=.png");
  expect(api.received[0]?.headers["x-api-key"]).toBe("ak_secret");
  const [put] = store.received;
  expect(put).toMatchObject({ method: "PUT", url: "/bucket/a.png?signature=s", body: "pixels" });
  expect(put?.headers).toMatchObject({ "content-type": "image/png", "content-length": "6" });
  expect(JSON.stringify(put?.headers)).not.toMatch(/ak_secret|x-api-key|authorization|x-tenant/);
});

describe("a response", () => {
  const question = { model: "o4-mini", input: "When is high tide in Saint-Malo?" };

  test("streams as events, to the response it is without", async () => {
    const stream = await crun.responses.create({ ...question, stream: true });
    const types = new Set<string>();
    let call = "";
    for await (const event of stream) {
      types.add(event.type);
      if (event.type === "response.function_call_arguments.delta") call += event.delta;
    }
    const { output, status } = await stream.finalResponse();
    expect(status).toBe("completed");
    expect(output.find((item) => item.type === "function_call")?.arguments).toBe(call);
    expect(JSON.parse(call)).toEqual({ port: "Saint-Malo" });
    expect([...types]).toContain("response.reasoning_summary_text.delta");
    expect(output).toEqual((await crun.responses.create(question)).output);
  });

  test("continues an earlier one, and follows a schema", async () => {
    const first = await crun.responses.create({
      model: "gpt-4o-mini",
      input: "What is a hawser?",
      store: true,
    });
    const next = { model: "gpt-4o", input: "And on a small boat?", previous_response_id: first.id };
    expect((await crun.responses.create(next)).previous_response_id).toBe(first.id);
    const format = { type: "json_schema", name: "port", schema: { type: "object" } } as const;
    const { output_text } = await crun.responses.create({
      model: "gpt-4.1",
      input: "Bergen",
      text: { format },
    });
    expect(JSON.parse(output_text ?? "")).toMatchObject({ port: "Bergen" });
  });

  test("that fails throws in the server's words, and can be looked at", async () => {
    const stream = await crun.responses.create(
      { ...question, stream: true },
      { headers: { prefer: "example=failed" } },
    );
    const read = async () => {
      for await (const event of stream) if (event.type === "response.failed") break;
    };
    await read();
    expect((await stream.finalResponse()).error?.message).toContain("provider");
  });
});

describe("a message", () => {
  const request = {
    model: "claude-sonnet-4-5",
    max_tokens: 1024,
    messages: [{ role: "user" as const, content: "When is high tide in Saint-Malo?" }],
  };

  test("streams as events, to the message it is without", async () => {
    const stream = await crun.messages.create({ ...request, stream: true });
    let input = "";
    for await (const event of stream) {
      if (event.type === "content_block_delta" && event.delta.type === "input_json_delta") {
        input += event.delta.partial_json;
      }
    }
    const message = await stream.finalMessage();
    expect(message).toEqual(await crun.messages.create(request));
    expect(message.stop_reason).toBe("tool_use");
    expect(message.content.find((block) => block.type === "tool_use")?.input).toEqual(JSON.parse(input));
  });

  test("names the version of the dialect", async () => {
    await crun.messages.create(request, { "anthropic-version": "2023-06-01", "anthropic-beta": "files" });
    expect(server.requests[0]?.headers).toMatchObject({
      "anthropic-version": "2023-06-01",
      "anthropic-beta": "files",
    });
  });

  test("of an unknown model is refused in the form of the other dialect", async () => {
    const call = crun.messages.create(request, undefined, { headers: { prefer: "code=404" } });
    await expect(call).rejects.toMatchObject({ status: 404, code: "model_not_found" });
  });
});
