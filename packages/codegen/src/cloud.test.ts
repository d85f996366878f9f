import { join } from "node:path";
import { expect, test } from "vitest";
import { typeErrors } from "../test/check-types.ts";
import { fixtures, textOf } from "../test/documents.ts";
import { generate } from "./generate.ts";

const { files } = await generate({ document: join(fixtures, "cloud", "openapi.yaml") });

/** One declaration of the text, from its name to the end. */
function declaration(start: string, path = "operations.ts"): string {
  const text = textOf(files, path);
  return text.slice(text.indexOf(start)).split("\n}")[0] ?? "";
}

test("a client with everything the keys can say compiles", () => {
  expect(typeErrors(files)).toEqual([]);
});

test("its resources are typed as the document says", () => {
  const use = `import { type Page, Cloud, type CloudOptions } from "./index.js";
import type { Completion, Instance, InstanceList, ListInstanceTypesDataItem, ResponseEvent, Run, Task, Template } from "./schema.js";
const options: CloudOptions = { apiKey: "k", environment: "main", projectId: "p" };
const client = new Cloud(options).withOptions({ environment: "other" });
for await (const instance of client.instances.list({ search: "a" })) instance.name.at(0);
const page: Page<Instance, InstanceList> = await client.instances.list();
const types: ListInstanceTypesDataItem[] = await client.instances.types.list().toArray({ limit: 5 });
const template: Template | undefined = (await client.templates.list()).items[0];
const found: Instance[] = await client.instances.findByName("trainer");
const created: Instance = await client.instances.create({ name: "a", env_vars: { HF_TOKEN: "x" } });
const whole: InstanceList | undefined = page.body;
const { data, body } = await client.instances.retrieve("i1").withResponse();
const same: Instance = body.data ?? data;
const running: Instance = await client.instances.status.waitUntilRunning("i1", {
  timeout: 5, onProgress: ({ data: { status } }) => void status.at(0),
});
const ready: Instance = await client.instances.createAndWait({ name: "a" }, {
  maxCostPerHour: 2, terminateOnFailure: true, onCreated: ({ id }) => void id.at(0),
});
const task: Task = await client.tasks.createAndWait({ model: "m" });
const done: Task = await client.tasks.waitUntilDone({ task_id: task.task_id });
const url: string = await client.files.upload(new Blob(["x"]));
await client.models.retrieve("a/b");
const completion: Completion = await client.chat.completions.create({ messages: [] });
const run: Run = await client.chat.completions.create({ messages: [], async: true });
const stream = await client.chat.completions.create({ messages: [], stream: true });
const final: Completion = await stream.finalCompletion();
const ran: Run = await client.chat.completions.createAsyncAndWait({ messages: [], async: true });
const response = await client.responses.create({ input: "Hi.", stream: true });
for await (const event of response) ((given: ResponseEvent) => given.type.at(0))(event);
const answer: { id: string } = await response.finalResponse();
for await (const event of await client.messages.create({ stream: true })) if (event.type === "message_start") event.message.id.at(0);
// @ts-expect-error two flags that both choose the answer can't both be set
await client.chat.completions.create({ messages: [], async: true, stream: true });
// @ts-expect-error a run is waited for when one was asked for
await client.chat.completions.createAsyncAndWait({ messages: [] });
// @ts-expect-error there is no such option
new Cloud({ enviroment: "main" });
export const all = [types, template, found, created, whole, same, running, ready, done, url, completion, run, final, ran, answer];
`;
  expect(typeErrors(files, use)).toEqual([]);
});

test("its functions are typed as the document says", () => {
  const use = `import { createClient, createInstanceAndWait, findInstancesByRegion, listEvents, uploadFile, waitUntilRunDone } from "./operations.js";
import type { EventListDataItem, Instance, Run } from "./schema.js";
const client = createClient({ projectId: "p" });
const events: EventListDataItem[] = await listEvents(client, { after: "x" }).toArray();
const run: Run = await waitUntilRunDone(client, "r1", { signal: AbortSignal.timeout(5) });
const instance: Instance = await createInstanceAndWait(client, { name: "a" });
const found: Instance[] = await findInstancesByRegion(client, "eu");
const url: string = await uploadFile(client, new Uint8Array(2));
export const all = [events, run, instance, found, url];
`;
  expect(typeErrors(files, use)).toEqual([]);
});

test("the data of an operation has what the runtime needs to open, page, price and explain", () => {
  expect(declaration("export const createInstanceOperation")).toBe(`export const createInstanceOperation = {
  id: "createInstance",
  method: "POST",
  path: "/instances",
  retry: "costly",
  parameters: [{ name: "environment", in: "query", option: "environment" }],
  body: {
    encoding: "json",
    mediaType: "application/json",
    required: true,
    maps: { env_vars: { key: "key", value: "value" } },
  },
  outcomes: [{ status: "201", kind: "json", mediaType: "application/json" }],
  envelope: { data: "/data", open: openEnvelope },
  cost: {
    perHour: "/cost_per_hour",
    prices: {
      operation: listInstanceTypesOperation,
      perHour: "/hourly_rate",
      match: { instance_type_id: "/id", gpu_type: "/gpu_type" },
    },
  },
  whenUnknown: "Look with instances.findByName whether there is one of that name.",`);
  expect(declaration("export const retrieveTaskOperation")).toContain(
    `  envelope: {
    data: "/data",
    success: { pointer: "/code", values: [200] },
    status: "/code",
    open: openEnvelope,
  },`,
  );
  expect(declaration("export const listTemplatesOperation")).toContain(
    'pages: { scheme: "page", items: "", page: "page", limit: "page_size", firstPage: 0 },',
  );
  expect(declaration("export const createChatCompletionOperation")).toContain("explicit: true,");
  expect(declaration("export const retrieveModelOperation")).toContain(
    '{ name: "model", in: "path", required: true, allowReserved: true },',
  );
  expect(declaration("export const createResponseOperation")).toContain("type: ResponseStream,");
  expect(declaration("export const createMessageOperation")).toContain("type: MessageStream,");
  expect(declaration("export const service")).toContain(
    'options: { environment: { variable: "CLOUD_ENVIRONMENT" }, projectId: {} },',
  );
});

test("an operation stands behind those it refers to", () => {
  const text = textOf(files, "operations.ts");
  expect(text.indexOf("export const listInstanceTypesOperation")).toBeLessThan(
    text.indexOf("export const createInstanceOperation"),
  );
});

test("a helper is its data and one statement", () => {
  const text = textOf(files, "operations.ts");
  expect(text).toContain(`export const createInstanceAndWaitCreation = {
  create: createInstanceOperation,
  waiter: waitUntilStatusRunningWaiter,
  id: "/id",
  parameter: "id",
  undo: terminateInstanceOperation,
} as const satisfies Creation;`);
  expect(text).toContain(
    '\nexport const findInstancesByRegionFinder = { pointer: "/place/region" } as const satisfies Finder;\n',
  );
  expect(
    text,
  ).toContain(`export function waitUntilRunDone(client: Client, uid: string, options?: WaitOptions<Run>): Promise<Run> {
  return waitUntil(client, waitUntilRunDoneWaiter, { path: { uid } }, options);
}`);
  expect(
    text,
  ).toContain(`export function uploadFile(client: Client, file: Uploadable, options?: UploadOptions): Promise<string> {
  return runUploadFile(client, uploadFilePlan, file, options);
}`);
});

test("the comment of a helper tells what it does, its times, and what it throws", () => {
  const text = textOf(files, "client.ts");
  expect(text).toContain(`  /**
   * Waits until \`status\` is \`"running"\`, then gives what \`instances.retrieve\` answers.
   *
   * Asks \`instances.status.retrieve\` every 2000 to 10000 ms, for at most 900000 ms; the options \`delay\` and
   * \`timeout\` change that. It has failed when \`status\` is \`"failed"\` or \`"terminated"\`. The status 404 in the
   * first 30000 ms is waited out. \`onProgress\` is told of every answer.
   *
   * @param id Id of the instance.
   * @throws {APIError} for an unsuccessful answer, one class per status
   * @throws {WaiterFailureError} when it has failed; \`data\` is the last answer
   * @throws {WaiterTimeoutError} when the time is over; \`data\` is the last answer
   */
  waitUntilRunning(id: string, options?: WaitOptions<RetrieveInstanceStatusData>): Promise<Instance> {`);
  expect(text).toContain(`  /**
   * Calls \`instances.create\`, then waits as \`instances.status.waitUntilRunning\` does.
   *
   * Nothing is created twice. \`onCreated\` is told of what was created, before it is waited for. With
   * \`terminateOnFailure\`, \`instances.terminate\` undoes it when the call fails afterwards. With
   * \`maxCostPerHour\`, nothing is created that costs more by \`instances.types.list\`, and what costs more by the
   * answer is removed at once.
   *
   * @param body The request body.
   * @throws {APIError} for an unsuccessful answer, one class per status
   * @throws {CostLimitError} when it costs more than \`maxCostPerHour\`
   * @throws {UnknownOutcomeError} when the request was sent and no answer came
   * @throws {WaiterFailureError} when it has failed; \`data\` is the last answer
   * @throws {WaiterTimeoutError} when the time is over; \`data\` is the last answer
   * @example
   * \`\`\`ts
   * const answer = await cloud.instances.createAndWait({
   *   name: "trainer",
   *   gpu_type: "h100",
   *   env_vars: [{ key: "HF_TOKEN", value: "secret" }],
   * });
   * \`\`\`
   */`);
  expect(text).toContain(`   * Asks \`chat.runs.retrieve\` every 6000 ms, for at most 60000 ms;`);
});

test("the comment of a list tells how it is gone through", () => {
  const comment = declaration("   * List instances.", "client.ts");
  expect(comment).toContain("`await` gives the first page; `for await` goes through the items of all pages.");
  expect(comment).toContain("for await (const item of cloud.instances.list()) console.log(item);");
});

test("the comment of what is costly tells how to find out what became of it", () => {
  expect(textOf(files, "operations.ts").replaceAll("\n * ", " ")).toContain(
    "@throws {UnknownOutcomeError} when the request was sent and no answer came: Look with instances.findByName whether there is one of that name.",
  );
});

test("options of its own are described, with where they come from else", () => {
  expect(
    declaration("export interface CloudOptions"),
  ).toBe(`export interface CloudOptions extends ClientOptions {
  /**
   * The environment that calls are about.
   *
   * Default: the environment variable \`CLOUD_ENVIRONMENT\`.
   */
  environment?: string | undefined;
  /** The project that calls are about. */
  projectId?: string | undefined;`);
});
