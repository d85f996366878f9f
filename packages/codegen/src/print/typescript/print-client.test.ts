import { expect, test } from "vitest";
import { clientOf, document, textOf } from "../../../test/documents.ts";

async function printed(yaml: string): Promise<string> {
  return textOf(await clientOf(document(yaml)), "client.ts");
}

test("the client has its resources, the resources have theirs, and each has its methods", async () => {
  const text = await printed(`
x-hawser-client: { name: Harbour }
tags: [{ name: ships, description: All ships. }]
paths: { /: { get: { operationId: ping } }, /ships: { get: { operationId: listShips } }, '/ships/{id}/crew/members': { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], get: { operationId: listMembers } } }
`);
  const code = text.replaceAll(/ *\/\*\*[\s\S]*?\*\/\n/g, "");
  expect(code.slice(code.indexOf("export type"))).toBe(`export type HarbourOptions = ClientOptions;

export class Harbour {
  readonly transport: Client;
  readonly #options: HarbourOptions;
  readonly ships: ShipsResource;

  constructor(options: HarbourOptions = {}) {
    this.#options = options;
    this.transport = createClient(options);
    this.ships = new ShipsResource(this.transport);
  }

  withOptions(options: HarbourOptions): Harbour {
    return new (this.constructor as typeof Harbour)(mergeOptions(this.#options, options));
  }

  ping(options?: RequestOptions): APIPromise<undefined, PingErrors> {
    return this.transport.request(pingOperation, {}, options);
  }
}

export class ShipsResource {
  readonly #client: Client;
  readonly crew: ShipsCrewResource;

  constructor(client: Client) {
    this.#client = client;
    this.crew = new ShipsCrewResource(client);
  }

  list(options?: RequestOptions): APIPromise<undefined, ListShipsErrors> {
    return this.#client.request(listShipsOperation, {}, options);
  }
}

export class ShipsCrewResource {
  readonly members: ShipsCrewMembersResource;

  constructor(client: Client) {
    this.members = new ShipsCrewMembersResource(client);
  }
}

export class ShipsCrewMembersResource {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  list(id: string, options?: RequestOptions): APIPromise<undefined, ListMembersErrors> {
    return this.#client.request(listMembersOperation, { path: { id } }, options);
  }
}
`);
  expect(text).toContain("  /** All ships. */\n  readonly ships: ShipsResource;");
  expect(text).toContain("/** All ships. */\nexport class ShipsResource {");
  expect(text).toContain("/** The resource `ships.crew`. */\nexport class ShipsCrewResource {");
});

test("names the client needs itself are called otherwise, in examples too", async () => {
  const text = await printed(`
x-hawser-client: { name: Harbour }
paths: { /transport: { post: { operationId: run, requestBody: { content: { application/json: { schema: { type: object }, example: { a: 1 } } } } } }, /ping: { get: { operationId: ping, x-hawser-method: withOptions } } }
`);
  expect(text).toContain("  readonly transport2: TransportResource;");
  expect(text).toContain("await harbour.transport2.create({ a: 1 });");
  expect(text).toContain("  withOptions2(options?: RequestOptions)");
});

test("the key's environment variable is told", async () => {
  expect(await printed("x-hawser-client: { name: H, environment: { apiKey: H_KEY } }")).toContain(
    "The API key is the option `apiKey` or the environment variable `H_KEY`.",
  );
  expect(await printed("")).toContain("The API key is the option `apiKey`.");
});
