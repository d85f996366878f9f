import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createMockServer } from "@hawser/mock";
import { expect, test } from "vitest";
import { inFolder } from "./folder.ts";

/** Ships whose examples are half wrong: the mock server answers with them as they stand. */
const document = `openapi: 3.2.0
info: { title: Harbour, version: 1.0.0 }
servers: [{ url: https://harbour.example/v1 }]
paths:
  /ships:
    post:
      operationId: launchShip
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Ship" } } } }
      responses:
        "201":
          description: Launched.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Ship" }
              examples: { right: { value: { name: Vega } }, wrong: { value: { name: 7 } } }
  /ships/watch:
    get:
      operationId: watchShips
      responses:
        "200":
          description: Ships as they come.
          content:
            text/event-stream:
              itemSchema: { $ref: "#/components/schemas/Ship" }
              examples:
                half: { value: "data: {\\"name\\":\\"Vega\\"}\\n\\ndata: {\\"name\\":7}\\n\\n" }
components:
  schemas:
    Ship: { type: object, required: [name], properties: { name: { type: string, minLength: 2 } } }
`;

const runtime = pathToFileURL(join(import.meta.dirname, "../../runtime/src/index.ts")).href;

test("a client made with --validate checks what it sends, gets and streams against a server", async () => {
  await inFolder(async ({ path, write, hawser }) => {
    await write("api.yaml", document);
    await write("package.json", '{ "type": "module" }');
    const flags = ["--out", "client", "--validate", "--runtime", runtime, "--import-extension", ".ts"];
    expect((await hawser(["generate", "api.yaml", ...flags])).code).toBe(0);
    const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(join(path, "client", name)).href);
    const { createValidation } = await load("index.ts");
    const { createClient, launchShip, watchShips } = await load("operations.ts");
    const { operationSchemas } = await load("validation.ts");
    const server = await createMockServer({ document: join(path, "api.yaml") });
    try {
      const asked = (name: string) => ({ headers: { prefer: `example=${name}` } });
      const client = createClient({
        baseURL: server.url,
        validate: createValidation(operationSchemas),
      });
      const launch = (body: unknown, example: string, more = {}) =>
        launchShip(client, body, { ...asked(example), ...more });

      await expect(launch({ name: "V" }, "right")).rejects.toMatchObject({
        name: "InvalidRequestError",
        message: expect.stringContaining("body.name: It has 1 characters, at least 2 are needed."),
      });
      expect(server.requests).toEqual([]);
      expect(await launch({ name: "Vega" }, "right")).toEqual({ name: "Vega" });
      await expect(launch({ name: "Vega" }, "wrong")).rejects.toMatchObject({
        name: "InvalidResponseError",
        status: 201,
        body: { name: 7 },
        issues: [{ path: ["name"], message: "It is number, not string." }],
      });
      expect(await launch({ name: "Vega" }, "wrong", { validate: false })).toEqual({ name: 7 });

      const seen: unknown[] = [];
      const watched = async () => {
        for await (const ship of await watchShips(client, asked("half"))) seen.push(ship);
      };
      await expect(watched()).rejects.toThrow("item.name: It is number, not string.");
      expect(seen).toEqual([{ name: "Vega" }]);
    } finally {
      await server.close();
    }
  });
});
