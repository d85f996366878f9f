import { expect, test } from "vitest";
import { parse } from "yaml";
import { document, problemsIn, runPass } from "../../test/documents.ts";
import type { OpenAPIDocument } from "../document.ts";
import { asObject } from "../json.ts";
import { Report } from "./report.ts";
import { servers } from "./servers.ts";

const root = "https://example.com";
const regions = "{ region: { default: eu, enum: [eu, us] } }";

/** A document with one path `/a` from YAML, and servers at its root. */
function given(path: string, atRoot = `[{ url: "${root}" }]`): OpenAPIDocument {
  return document(`servers: ${atRoot}\npaths: { /a: ${path} }`);
}

/** The servers each operation of `/a` has after the pass, by method, and the pointers of the changes. */
function after(doc: OpenAPIDocument, source = "test.yaml") {
  const report = new Report(source);
  servers(doc, report);
  const { servers: left, ...methods } = asObject(asObject(doc.paths)["/a"]);
  expect(left).toBeUndefined();
  return {
    own: Object.fromEntries(Object.entries(methods).map(([name, value]) => [name, asObject(value).servers])),
    root: doc.servers,
    changes: report.changes.map(({ pointer }) => pointer),
    problems: problemsIn(() => report.throwProblems()),
  };
}

test.each<[string, { path: string; want: Record<string, unknown>; changes: string[] }]>([
  ["no servers of its own", { path: "{ get: {} }", want: { get: undefined }, changes: [] }],
  [
    "servers of the operation",
    {
      path: "{ get: { servers: [{ url: https://a.example }] }, put: {} }",
      want: { get: [{ url: "https://a.example" }], put: undefined },
      changes: [],
    },
  ],
  [
    "servers of the path are those of each operation that has none itself",
    {
      path: "{ servers: [{ url: https://p.example }], get: {}, put: { servers: [{ url: https://o.example }] } }",
      want: { get: [{ url: "https://p.example" }], put: [{ url: "https://o.example" }] },
      changes: ["#/paths/~1a/get/servers"],
    },
  ],
  [
    "an empty list of the operation leaves those of the path",
    {
      path: "{ servers: [{ url: https://p.example }], get: { servers: [] } }",
      want: { get: [{ url: "https://p.example" }] },
      changes: ["#/paths/~1a/get/servers", "#/paths/~1a/get/servers"],
    },
  ],
  [
    "an empty list of the path leaves those of the document",
    { path: "{ servers: [], get: {} }", want: { get: undefined }, changes: ["#/paths/~1a/servers"] },
  ],
  [
    "those of the document are not its own, whatever they are described as",
    {
      path: "{ get: { servers: [{ url: https://example.com, description: The same. }] } }",
      want: { get: undefined },
      changes: ["#/paths/~1a/get/servers"],
    },
  ],
  [
    "those of the document, said of an operation whose path has others",
    {
      path: "{ servers: [{ url: https://p.example }], get: { servers: [{ url: https://example.com }] } }",
      want: { get: undefined },
      changes: ["#/paths/~1a/get/servers"],
    },
  ],
])("an operation has %s", (_name, { path, want, changes }) => {
  expect(after(given(path))).toEqual({ own: want, root: [{ url: root }], changes, problems: [] });
});

test.each<[string, { server: string; want: string }]>([
  [
    "white space around a URL",
    { server: "{ url: ' https://b.example/v1 ' }", want: "{ url: https://b.example/v1 }" },
  ],
  [
    "numbers as values of variables",
    {
      server:
        "{ url: 'https://b.example:{port}', variables: { port: { default: 8443, enum: [443, 8443] } } }",
      want: "{ url: 'https://b.example:{port}', variables: { port: { default: '8443', enum: ['443', '8443'] } } }",
    },
  ],
  [
    "a default that isn't among the values",
    {
      server: "{ url: 'https://{r}.example', variables: { r: { default: eu, enum: [us] } } }",
      want: "{ url: 'https://{r}.example', variables: { r: { default: eu, enum: [eu, us] } } }",
    },
  ],
  [
    "an empty list of values",
    {
      server: "{ url: 'https://{r}.example', variables: { r: { default: eu, enum: [] } } }",
      want: "{ url: 'https://{r}.example', variables: { r: { default: eu } } }",
    },
  ],
  [
    "a variable without a place",
    {
      server: "{ url: https://b.example, variables: { r: { default: eu } } }",
      want: "{ url: https://b.example }",
    },
  ],
])("%s: put right, and said", (_name, { server, want }) => {
  const doc = given("{ get: {} }", `[${server}]`);
  const { root: found, changes, problems } = after(doc);
  expect(found).toEqual([parse(want)]);
  expect(problems).toEqual([]);
  expect(changes).toHaveLength(1);
  expect(runPass(servers, doc).changes).toEqual([]);
});

test.each<[string, { url: string; source: string; want: string }]>([
  [
    "the path of a host",
    { url: "/v1", source: "https://docs.example/a/openapi.yaml", want: "https://docs.example/v1" },
  ],
  [
    "a path below",
    { url: "v1/", source: "https://docs.example/a/openapi.yaml", want: "https://docs.example/a/v1/" },
  ],
  [
    "a folder above",
    { url: "../v1", source: "https://docs.example/a/b/o.yaml", want: "https://docs.example/a/v1" },
  ],
  ["the folder", { url: ".", source: "https://device1.example", want: "https://device1.example/" }],
  [
    "another host",
    { url: "//api.example", source: "https://docs.example/o.yaml", want: "https://api.example/" },
  ],
  [
    "one with a variable",
    { url: "/{region}/v1", source: "https://docs.example/o.yaml", want: "https://docs.example/{region}/v1" },
  ],
  ["of a file", { url: "/v1", source: "/documents/o.yaml", want: "/v1" }],
  [
    "absolute",
    { url: "https://b.example/v1", source: "https://docs.example/o.yaml", want: "https://b.example/v1" },
  ],
  ["all variable", { url: "{region}/v1", source: "https://docs.example/o.yaml", want: "{region}/v1" }],
])("a relative URL stands where the document is: %s", (_name, { url, source, want }) => {
  const variables = url.includes("{") ? `, variables: ${regions}` : "";
  const doc = given("{ get: {} }", `[{ url: "${url}"${variables} }]`);
  doc.$self = "https://self.example/identity";
  expect(after(doc, source)).toMatchObject({ root: [{ url: want }], problems: [] });
});

test.each<[string, { server: string; want: string }]>([
  ["no URL", { server: "{ description: Main. }", want: '#/servers/0: a server has a "url".' }],
  [
    "a variable nobody describes",
    {
      server: "{ url: 'https://{region}.example' }",
      want: "#/servers/0: its URL has a place for {region}, which its variables don't describe.",
    },
  ],
  [
    "a variable of a name every object has",
    {
      server: "{ url: 'https://{constructor}.example', variables: {} }",
      want: "#/servers/0: its URL has a place for {constructor}, which its variables don't describe.",
    },
  ],
  [
    "a variable without a default",
    {
      server: "{ url: 'https://{region}.example', variables: { region: { enum: [eu] } } }",
      want: '#/servers/0: its URL has a place for {region}, which has no "default".',
    },
  ],
  [
    "half a variable",
    {
      server: "{ url: 'https://b.example/{region' }",
      want: "#/servers/0/url: it has a brace that belongs to no variable.",
    },
  ],
  [
    "a script",
    {
      server: "{ url: 'javascript:alert(1)' }",
      want: `#/servers/0/url: requests can't be sent by "javascript:", only by http and https.`,
    },
  ],
  [
    "a script as a default",
    {
      server: "{ url: '{url}', variables: { url: { default: 'javascript:alert(1)' } } }",
      want: `#/servers/0/url: requests can't be sent by "javascript:", only by http and https.`,
    },
  ],
  [
    "a password",
    {
      server: "{ url: 'https://me:hunter2@b.example' }",
      want: "#/servers/0/url: it holds a user name or a password, which would be printed into the client: remove them.",
    },
  ],
  [
    "a password as a default",
    {
      server: "{ url: 'https://{who}b.example', variables: { who: { default: 'me:hunter2@' } } }",
      want: "#/servers/0/url: it holds a user name or a password, which would be printed into the client: remove them.",
    },
  ],
  [
    "a query",
    {
      server: "{ url: 'https://b.example/v1?version=1' }",
      want: "#/servers/0/url: a query or a fragment can't stand in the URL of a server, which paths are put behind.",
    },
  ],
  [
    "no URL after all",
    {
      server: "{ url: 'https://{host}', variables: { host: { default: 'a b' } } }",
      want: "#/servers/0/url: with the defaults of its variables, it is no URL.",
    },
  ],
])("%s is a problem, wherever the server stands", (_name, { server, want }) => {
  expect(after(given("{ get: {} }", `[${server}]`)).problems).toEqual([want]);
  const [path, operation] = ["#/paths/~1a", "#/paths/~1a/get"].map((place) => want.replace("#", place));
  expect(after(given(`{ servers: [${server}], get: {} }`)).problems).toContain(path);
  expect(after(given(`{ get: { servers: [${server}] } }`)).problems).toEqual([operation]);
});

test("no problem quotes a password", () => {
  const { problems } = after(given("{ get: {} }", "[{ url: 'https://me:hunter2@b.example' }]"));
  expect(problems.join()).not.toContain("hunter2");
});

test("a server no request can be sent to is left out beside others", () => {
  const list = "[{ url: 'wss://b.example' }, { url: https://b.example }]";
  expect(after(given("{ get: {} }", list))).toMatchObject({
    root: [{ url: "https://b.example" }],
    changes: ["#/servers/0"],
    problems: [],
  });
  const none = "[{ url: 'wss://b.example' }, { url: 'ftp://b.example' }]";
  expect(after(given("{ get: {} }", none)).problems).toEqual([
    "#/servers: none of these servers can be sent requests: name one by http or https.",
  ]);
});
