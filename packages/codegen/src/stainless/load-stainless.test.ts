import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { withFolder } from "../../test/documents.ts";
import { attacks } from "../../test/hostile.ts";
import { withServer } from "../../test/server.ts";
import { DocumentError } from "../document-error.ts";
import { loadStainless, stainlessBeside } from "./load-stainless.ts";
import { methodsIn } from "./resources.ts";

/** What is wrong with a configuration, as `pointer: message`. */
async function problemsOf(text: string): Promise<string[]> {
  return withFolder({ "stainless.yml": text }, async (folder) => {
    const source = join(folder, "stainless.yml");
    try {
      await loadStainless(source);
      return [];
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      expect(error.problems.every((problem) => problem.source === source)).toBe(true);
      return error.problems.map(({ pointer, message }) => `${pointer}: ${message}`);
    }
  });
}

test.each<[string, { text: string; problem: string }]>([
  [
    "an endpoint without a method",
    {
      text: "resources:\n  ships:\n    methods:\n      list: /ships\n",
      problem:
        '#/resources/ships/methods/list: line 4: it takes an endpoint such as get /accounts/{id}, not "/ships".',
    },
  ],
  [
    "a method without an endpoint",
    {
      text: "resources:\n  ships:\n    methods:\n      list:\n        paginated: true\n",
      problem:
        '#/resources/ships/methods/list: line 5: "endpoint" is missing: an endpoint such as get /accounts/{id}.',
    },
  ],
  [
    "resources in a list",
    {
      text: "resources:\n  - ships\n",
      problem:
        '#/resources: line 2: it takes an object of names and, for each, an object with models, methods, subresources, not ["ships"].',
    },
  ],
  [
    "a name that no method can have",
    {
      text: "resources:\n  ships:\n    methods:\n      1st: get /ships\n",
      problem:
        '#/resources/ships/methods/1st: line 4: it takes a name of letters, digits, - and _ that begins with a letter or _, not "1st".',
    },
  ],
  [
    "an unknown kind of pages",
    {
      text: "pagination:\n  - name: p\n    type: pages\n",
      problem:
        '#/pagination/0/type: line 3: it takes one of cursor, cursor_id, cursor_url, fake_page, offset, page_number, not "pages".',
    },
  ],
  [
    "a variable that none can be called",
    {
      text: "client_settings: { opts: { key: { read_env: A B } } }\n",
      problem:
        '#/client_settings/opts/key/read_env: line 1: it takes the name of an environment variable, not "A B".',
    },
  ],
  [
    "an event without what is done about it",
    {
      text: "streaming:\n  on_event:\n    - kind: fallthrough\n",
      problem: '#/streaming/on_event/0: line 3: "handle" is missing: a text.',
    },
  ],
  [
    "an environment without a URL",
    {
      text: "environments: { production: 3 }\n",
      problem: "#/environments/production: line 1: it takes a text, not 3.",
    },
  ],
  [
    "an OpenAPI document",
    {
      text: "openapi: 3.1.0\npaths: {}\n",
      problem:
        ': this is no Stainless configuration: it is an object with "resources", and perhaps "pagination", "streaming", "client_settings".',
    },
  ],
])("%s is an error with its line", async (_what, { text, problem }) => {
  expect(await problemsOf(text)).toEqual([problem]);
});

test.each([
  ["what is no YAML", "resources: [", /does not parse as YAML/],
  ["nothing", "", /./],
  ["too deep a file", `${"[".repeat(2000)}${"]".repeat(2000)}`, /nest/],
])("%s is an error", async (_what, text, message) => {
  expect((await problemsOf(text)).join()).toMatch(message);
});

test("members that are empty, and those nobody here knows, are no error", async () => {
  const text =
    "edition: 2026-01-30\nresources:\n  ships:\n    models:\n    methods:\n    mcp: true\npagination: []\n";
  expect(await problemsOf(text)).toEqual([]);
});

test("a configuration can be fetched, and what it was read from is named", async () => {
  const body = "resources: { ships: { methods: { list: get /ships } } }";
  await withServer({ "/stainless.yml": { body } }, async (url) => {
    const { source, config, lineOf } = await loadStainless(`${url}stainless.yml`);
    expect(source).toBe(`${url}stainless.yml`);
    expect(config).toEqual({ resources: { ships: { methods: { list: "get /ships" } } } });
    expect(lineOf("#/resources/ships")).toBe(1);
    expect(lineOf("#/nowhere")).toBeUndefined();
  });
});

test.each(attacks)("a resource or a method is called by a name, or by none: %j", async (attack) => {
  const config = {
    resources: {
      [`r${attack}`]: { methods: { [`m${attack}`]: "get /a" }, subresources: { [`s${attack}`]: {} } },
    },
  };
  const isName = /^[\p{L}\p{Nd}_-]*$/u.test(attack);
  expect(await problemsOf(stringify(config))).toHaveLength(isName ? 0 : 3);
  const context = { config, isSkipped: () => false, unused: () => {}, problem: () => {} };
  if (isName)
    expect(methodsIn(context as unknown as Parameters<typeof methodsIn>[0])[0]?.place.join(".")).toMatch(
      /^[\p{L}\p{Nd}]+\.[\p{L}\p{Nd}]+$/u,
    );
});

test.each(["stainless.yml", "stainless.yaml", ".stainless/stainless.yml"])(
  "%s lies beside a document",
  async (name) => {
    await withFolder({ "openapi.yaml": "", [name]: "" }, async (folder) => {
      expect(await stainlessBeside(join(folder, "openapi.yaml"))).toBe(join(folder, name));
    });
  },
);

test("no other file does, and nothing lies beside a document on the web", async () => {
  await withFolder({ "openapi.yaml": "", "openapi.stainless.yml": "" }, async (folder) => {
    expect(await stainlessBeside(join(folder, "openapi.yaml"))).toBeUndefined();
  });
  expect(await stainlessBeside("https://harbour.example/openapi.yaml")).toBeUndefined();
});
