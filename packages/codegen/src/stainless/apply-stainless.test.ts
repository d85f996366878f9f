import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { typeErrors } from "../../test/check-types.ts";
import { clientOf, document, fixtures, textOf, withFolder } from "../../test/documents.ts";
import { attacks } from "../../test/hostile.ts";
import { applyToBerths as apply, berths } from "../../test/stainless-berths.ts";
import type { OpenAPIDocument } from "../document.ts";
import { generate } from "../generate.ts";
import type { Resource } from "../ir/ir.ts";
import { lint } from "../lint/lint.ts";
import { loadOverlaid } from "../load/load-overlaid.ts";
import { normalise } from "../normalise/normalise.ts";
import { formatDocument } from "../write/format-document.ts";
import { inVersion } from "../write/openapi-version.ts";
import { applyStainless } from "./apply-stainless.ts";

const harbour = {
  document: join(fixtures, "stainless/openapi.yaml"),
  stainless: join(fixtures, "stainless/stainless.yml"),
};
const whole = await generate(harbour);

function operation(id: string) {
  return whole.ir.operations.find((each) => each.id === id);
}

function methodsIn({ methods, resources }: Resource, path: readonly string[] = []): string[] {
  return [
    ...methods.map(({ name }) => [...path, name].join(".")),
    ...resources.flatMap((child) => methodsIn(child, [...path, child.name])),
  ];
}

test("resources, nested resources and the client itself have the methods the configuration names", () => {
  expect(methodsIn(whole.ir.resources).sort()).toEqual([
    "chat.create",
    "docks.list",
    "events.watch",
    // Not in the configuration: its path names it.
    "flags.list",
    "ships.create",
    "ships.list",
    "ships.logEntries.list",
    "ships.rePlace",
    "ships.retrieve",
    "status",
  ]);
});

test("the client compiles, and is called as the configuration says", () => {
  const use = `import { HarbourWorks } from "./index.js";
const client = new HarbourWorks({ apiKey: "k", fleetId: "f" });
for await (const ship of client.ships.list({ limit: 2 })) ship.id satisfies string;
for await (const entry of client.ships.logEntries.list("s1")) entry satisfies string;
for await (const dock of client.docks.list()) dock.id satisfies number;
for await (const part of await client.chat.create({ text: "Ahoy.", stream: true })) part.delta satisfies string;
(await client.chat.create({ text: "Ahoy." })).text satisfies string;
for await (const event of await client.events.watch()) event.kind satisfies string;
(await client.ships.retrieve("s1")).id satisfies string;
await client.status();
// @ts-expect-error it is left out
client.rigs;
`;
  expect(typeErrors(whole.files, use)).toEqual([]);
});

test.each([
  [
    "shipsListV1",
    {
      scheme: "cursor",
      cursor: "cursor",
      nextCursor: "/next_cursor",
      items: "/data",
      limit: "limit",
      hasMore: "/has_more",
    },
  ],
  [
    "getV1ShipsByShipIdLog",
    { scheme: "offset", offset: "offset", items: "/entries", limit: "limit", total: "/meta/total" },
  ],
  ["getV1Docks", { scheme: "page", page: "page", firstPage: 0, items: "", limit: "page_size" }],
])("%s is gone through as its scheme says", (id, pages) => {
  expect(operation(id)?.pages).toMatchObject(pages);
});

test("a stream that only the configuration knows of has its flag, its events and the marker of its end", () => {
  expect(operation("postV1Chat")?.stream).toMatchObject({
    mode: "flag",
    flag: "stream",
    sentinel: "[DONE]",
    framing: "server-sent-events",
    events: [{ schema: { $ref: "#/schemas/ReplyPart" } }],
  });
  expect(operation("getV1Events")?.stream).toMatchObject({
    mode: "always",
    events: [{ schema: { $ref: "#/schemas/Event" } }],
  });
});

test("the client has its name, variables, options, servers and security from the configuration", () => {
  const { client, security } = whole.ir;
  expect(client).toEqual({
    name: "HarbourWorks",
    environment: { apiKey: "HARBOUR_TOKEN", baseURL: "HARBOUR_BASE_URL" },
    options: { fleetId: { description: "The fleet.", variable: "HARBOUR_FLEET" } },
  });
  expect(security.schemes).toHaveProperty("BearerAuth", { type: "http", scheme: "bearer" });
  expect(operation("getV1Docks")?.security).toEqual([{ BearerAuth: [] }]);
});

test("answers are unwrapped where each has the member and isn't a list", () => {
  expect(operation("getV1ShipsByShipId")?.envelope).toEqual({ data: "/data" });
  expect(operation("shipsListV1")?.envelope).toBeUndefined();
});

test("what is skipped or unspecified is no part of the client", () => {
  const ids = whole.ir.operations.map(({ path }) => path);
  expect(ids).not.toContain("/v1/rigs");
  expect(ids).not.toContain("/v1/internal");
});

test("every member of the configuration is in the report: what it became, or that it has no counterpart", async () => {
  const said = whole.changes.filter(({ rule }) => rule === "stainless").map(({ reason }) => reason);
  expect(said).toContain("stainless.yml at #/resources/ships/methods/list: it says it.");
  expect(said).toContain('stainless.yml at #/pagination/0: its scheme "ship_page" says it.');
  for (const place of ["edition", "targets", "readme", "organization/docs", "settings/license"])
    expect(said).toContain(`stainless.yml at #/${place}: it has no counterpart in a client.`);
  expect(said.filter((reason) => reason.includes("#/resources/ships/methods/update"))).toHaveLength(1);
  expect(said.filter((reason) => reason.includes("no method is get /v1/flags"))).toHaveLength(1);
  const config = parse(await readFile(harbour.stainless, "utf8")) as Record<string, unknown>;
  for (const member of Object.keys(config)) expect(said.join("\n")).toContain(`at #/${member}`);
});

test("the configuration is one of the files a client is made of, and lint tells of it", async () => {
  expect(whole.sources).toContain(harbour.stainless);
  expect((await lint(harbour)).filter(({ rule }) => rule === "stainless")).not.toEqual([]);
});

test("x-hawser-* keys go before the configuration, which is told", () => {
  const given = berths.replace(
    "    get:\n",
    "    get:\n      x-hawser-method: quays.all\n      x-hawser-pages: { scheme: none, items: /data }\n",
  );
  const config = `
organization: { name: quay }
resources: { berths: { methods: { list: { endpoint: get /berths, paginated: p } } } }
pagination: [{ name: p, type: cursor, request: { after: { x-stainless-pagination-property: { purpose: next_cursor_param } } }, response: { data: { type: array }, next: { x-stainless-pagination-property: { purpose: next_cursor_field } } } }]
`;
  const { list, changes, at } = apply(config, `x-hawser-client: { name: Harbour }\n${given}`);
  expect(list["x-hawser-method"]).toBe("quays.all");
  expect(list["x-hawser-pages"]).toEqual({ scheme: "none", items: "/data" });
  expect(at("#/x-hawser-client")).toEqual({ name: "Harbour" });
  expect(changes.filter(({ reason }) => reason.includes("goes before it"))).toHaveLength(2);
});

test("x-hawser-stream goes before the configuration, member by member", () => {
  const given = berths.replace("    post:\n", "    post:\n      x-hawser-stream: { sentinel: END }\n");
  const config = `
resources: { berths: { methods: { add: { endpoint: post /berths, streaming: { param_discriminator: streamed } } } } }
streaming: { on_event: [{ data_starts_with: "[DONE]", handle: done }] }
`;
  expect(apply(config, given).add["x-hawser-stream"]).toEqual({ flag: "streamed", sentinel: "END" });
});

test("a query parameter asks for a stream too", () => {
  const config =
    "resources: { berths: { methods: { list: { endpoint: get /berths, streaming: { param_discriminator: live } } } } }";
  const { list } = apply(config, berths.replace("name: after", "name: live"));
  expect(list["x-hawser-stream"]).toEqual({ flag: "live" });
  expect(() => apply(config)).toThrow("no query parameter of that name");
});

test("servers and security that an overlay changed go before the configuration", () => {
  const config = "{ environments: { production: 'https://a.example' }, security: [{ Key: [] }] }";
  const changed = `servers: [{ url: https://b.example }]\nsecurity: [{ Pair: [] }]\n${berths}`;
  const { at } = apply(config, changed, undefined, document(berths));
  expect(at("#/servers")).toEqual([{ url: "https://b.example" }]);
  expect(at("#/security")).toEqual([{ Pair: [] }]);
  expect(apply(config).at("#/servers")).toEqual([{ url: "https://a.example", description: "production" }]);
});

test("a part of a URL has the default of its option, or what the document says of it", () => {
  const config = `
environments: { production: "https://{region}.a.example", old: "https://{dock}.b.example" }
client_settings: { opts: { region: { default: eu, server_variable: region } } }
`;
  const given = `servers: [{ url: "https://{dock}.b.example", variables: { dock: { default: d1 } } }]\n${berths}`;
  expect(apply(config, given).at("#/servers")).toEqual([
    {
      url: "https://{region}.a.example",
      description: "production",
      variables: { region: { default: "eu" } },
    },
    { url: "https://{dock}.b.example", description: "old", variables: { dock: { default: "d1" } } },
  ]);
});

test("skip and only are about the language that is written", () => {
  const config = `
resources:
  berths:
    methods:
      list: { endpoint: get /berths, skip: [python] }
      all: { endpoint: get /berths, only: [python] }
      add: { endpoint: post /berths, skip: [node] }
`;
  expect(apply(config).list["x-hawser-method"]).toBe("berths.list");
  expect(apply(config).add).toBeUndefined();
  expect(apply(config, berths, "python").list["x-hawser-method"]).toBe("berths.all");
  expect(apply(config, berths, "python").add["x-hawser-method"]).toBe("berths.add");
});

test("an operation that two methods name has the first, and the second is told", () => {
  const config = "resources: { berths: { methods: { list: get /berths, all: GET /berths } } }";
  const { list, changes } = apply(config);
  expect(list["x-hawser-method"]).toBe("berths.list");
  expect(changes.at(-2)?.reason).toBe(
    "stainless.yml at #/resources/berths/methods/all: an operation has one method, and GET /berths is berths.list already.",
  );
});

test("options that a client can't have are told", () => {
  const { at, changes } = apply(`
client_settings:
  default_timeout: 60
  opts:
    key: { read_env: KEY, auth: { security_scheme: Key } }
    user: { read_env: USER, auth: { security_scheme: Pair, role: username } }
    other: { read_env: OTHER, auth: { security_scheme: Key, role: value } }
    webhook_secret: { read_env: SECRET }
`);
  expect(at("#/x-hawser-client")).toEqual({ environment: { apiKey: "KEY" } });
  expect(changes.map(({ reason }) => reason.split(": ")[0])).toEqual(
    expect.arrayContaining([
      "stainless.yml at #/client_settings/opts/user",
      "stainless.yml at #/client_settings/opts/other",
      "stainless.yml at #/client_settings/opts/webhook_secret",
      "stainless.yml at #/client_settings/default_timeout",
    ]),
  );
  expect(changes.find(({ reason }) => reason.includes("opts/other"))?.reason).toContain(
    'give it as credentials: { "Key": … }',
  );
});

test("the key a client reads is that of the scheme calls usually have", () => {
  const config = `
security: [{}, { Pair: [] }]
client_settings:
  opts:
    agent: { read_env: AGENT, auth: { security_scheme: Key } }
    pair: { read_env: PAIR, auth: { security_scheme: Pair, role: value } }
`;
  expect(apply(config).at("#/x-hawser-client")).toEqual({ environment: { apiKey: "PAIR" } });
});

test("what is said of a document is said once, however often it is applied", () => {
  const config = "resources: { berths: { methods: { list: get /berths, add: post /berths } } }";
  const once = apply(config).document;
  const file = { source: "stainless.yml", config: parse(config), lineOf: () => undefined };
  const twice = applyStainless(once, once, file);
  expect(twice.document).toEqual(once);
  expect(twice.changes).toEqual([]);
});

test("a normalised document beside its configuration gives the same client", async () => {
  const loaded = await loadOverlaid(harbour);
  const normalised = normalise(loaded.document, loaded.source).document;
  const text = formatDocument(inVersion(normalised, "3.1", loaded.source).document, "openapi.yaml");
  await withFolder({ "openapi.yaml": text }, async (folder) => {
    const source = { document: join(folder, "openapi.yaml"), stainless: harbour.stainless };
    const { files, changes } = await generate(source);
    expect(files).toEqual(whole.files);
    expect(changes.filter(({ rule, after }) => rule === "stainless" && after !== undefined)).toEqual([]);
  });
});

test.each(attacks)("nothing in a configuration leaves the place it is printed at: %j", async (attack) => {
  const { document: api } = harbour;
  const config = {
    organization: { name: attack },
    environments: { [attack]: `https://x.example/${encodeURIComponent(attack)}` },
    resources: { docks: { methods: { list: { endpoint: "get /v1/docks", deprecated: attack } } } },
    streaming: { on_event: [{ handle: "done", data_starts_with: attack }] },
    client_settings: {
      opts: { fleet: { description: attack, read_env: "FLEET", send_in_header: "X-Fleet" } },
    },
    [attack]: attack,
  };
  const given = parse(await readFile(api, "utf8")) as OpenAPIDocument;
  const file = { source: "stainless.yml", config, lineOf: () => undefined };
  const applied = applyStainless(given, given, file).document;
  const files = await clientOf(applied);
  expect(typeErrors(files)).toEqual([]);
  for (const path of ["client.ts", "operations.ts", "index.ts"])
    expect(textOf(files, path)).not.toMatch(/^\s*globalThis\.owned/m);
});
