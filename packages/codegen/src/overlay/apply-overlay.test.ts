import { expect, test } from "vitest";
import { parse } from "yaml";
import { document, problemsIn } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { applyOverlay } from "./apply-overlay.ts";

const base = () =>
  document(`
paths:
  /ships:
    get: { summary: Lists ships., tags: [a, b, c], parameters: [{ name: page }, { name: old }, { name: size }] }
    post: { summary: Adds a ship. }
  /a~b/c%d: { get: { summary: Odd. } }
`);

function apply(actions: readonly unknown[]): ReturnType<typeof applyOverlay> {
  return applyOverlay(base(), { source: "o.yaml", actions });
}

test.each<[string, { given: readonly unknown[]; want: string }]>([
  [
    "an update is merged into an object, member by member",
    {
      given: [
        { target: "$.paths['/ships'].get", update: { summary: "New.", "x-a": { b: 1 } } },
        { target: "$.paths['/ships'].get", update: { "x-a": { c: 2 } } },
      ],
      want: `{ summary: New., tags: [a, b, c], parameters: [{ name: page }, { name: old }, { name: size }], x-a: { b: 1, c: 2 } }`,
    },
  ],
  [
    "a list in an update is appended to the list that is there",
    {
      given: [{ target: "$.paths['/ships'].get", update: { tags: ["d"] } }],
      want: "{ summary: Lists ships., tags: [a, b, c, d], parameters: [{ name: page }, { name: old }, { name: size }] }",
    },
  ],
  [
    "an update of a list appends one item",
    {
      given: [{ target: "$.paths['/ships'].get.parameters", update: { name: "sort" } }],
      want: "{ summary: Lists ships., tags: [a, b, c], parameters: [{ name: page }, { name: old }, { name: size }, { name: sort }] }",
    },
  ],
  [
    "an update of a list with a list appends its items",
    {
      given: [{ target: "$.paths['/ships'].get.tags", update: ["d", "e"] }],
      want: "{ summary: Lists ships., tags: [a, b, c, d, e], parameters: [{ name: page }, { name: old }, { name: size }] }",
    },
  ],
  [
    "a single value is replaced",
    {
      given: [
        { target: "$.paths['/ships'].get.summary", update: "New." },
        { target: "$.paths['/ships'].get.tags[1]", update: "z" },
      ],
      want: "{ summary: New., tags: [a, z, c], parameters: [{ name: page }, { name: old }, { name: size }] }",
    },
  ],
  [
    "a member is removed",
    {
      given: [
        { target: "$.paths['/ships'].get.summary", remove: true },
        { target: "$.paths['/ships'].get.parameters", remove: true },
      ],
      want: "{ tags: [a, b, c] }",
    },
  ],
  [
    "items are removed by what they hold",
    {
      given: [{ target: "$.paths['/ships'].get.parameters[?@.name == 'old']", remove: true }],
      want: "{ summary: Lists ships., tags: [a, b, c], parameters: [{ name: page }, { name: size }] }",
    },
  ],
  [
    "items are removed whatever order they are named in, each once",
    {
      given: [{ target: "$.paths['/ships'].get.tags[2, 0, 0]", remove: true }],
      want: "{ summary: Lists ships., tags: [b], parameters: [{ name: page }, { name: old }, { name: size }] }",
    },
  ],
  [
    "an item is removed together with what it holds, and the item behind it keeps its own",
    {
      given: [
        { target: "$.paths['/ships'].get.parameters..[?@ == 'page' || @.name == 'page']", remove: true },
      ],
      want: "{ summary: Lists ships., tags: [a, b, c], parameters: [{ name: old }, { name: size }] }",
    },
  ],
  [
    "a copy is merged like an update",
    {
      given: [{ target: "$.paths['/ships'].get", copy: "$.paths['/ships'].post" }],
      want: "{ summary: Adds a ship., tags: [a, b, c], parameters: [{ name: page }, { name: old }, { name: size }] }",
    },
  ],
])("%s", (_name, { given, want }) => {
  expect(asObject(asObject(apply(given).paths)["/ships"]).get).toEqual(parse(want));
});

test("a key that looks escaped is found", () => {
  const result = apply([{ target: "$.paths['/a~b/c%d'].get", update: { summary: "Found." } }]);
  expect(asObject(result.paths)["/a~b/c%d"]).toEqual({ get: { summary: "Found." } });
});

test("the document an overlay is applied to stays as it is", () => {
  const given = base();
  applyOverlay(given, { source: "o.yaml", actions: [{ target: "$.info", update: { title: "Other" } }] });
  expect(given).toEqual(base());
});

test("two places that get one update have nothing in common", () => {
  const result = apply([{ target: "$.paths.*.get", update: { "x-a": { b: 1 } } }]);
  const [first, second] = Object.values(asObject(result.paths)).map(
    (item) => asObject(asObject(item).get)["x-a"],
  );
  expect(first).toEqual(second);
  expect(first).not.toBe(second);
});

test("a member called __proto__ is a member like any other", () => {
  const update = JSON.parse('{ "__proto__": { "polluted": true } }');
  const result = applyOverlay(base(), { source: "o.yaml", actions: [{ target: "$.info", update }] });
  expect(Object.hasOwn(asObject(result.info), "__proto__")).toBe(true);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test.each<[string, { given: readonly unknown[]; want: string | RegExp }]>([
  [
    "a target that matches nothing",
    {
      given: [{ target: "$.paths['/gone']", update: {} }],
      want: "#/actions/0: the target $.paths['/gone'] matches nothing in the document.",
    },
  ],
  [
    "a target that is no JSONPath",
    {
      given: [{ target: "$.[", update: {} }],
      want: /^#\/actions\/0: \$\.\[ is not a JSONPath \(RFC 9535\): /,
    },
  ],
  [
    "an action without a target",
    { given: [{ update: {} }], want: '#/actions/0: an action needs a "target", a JSONPath.' },
  ],
  [
    "an action that does nothing",
    {
      given: [{ target: "$" }],
      want: '#/actions/0: an action needs one of "update", "copy" or "remove: true".',
    },
  ],
  [
    "an action that does two things at once",
    {
      given: [{ target: "$", update: {}, copy: "$.info" }],
      want: '#/actions/0: an action needs one of "update", "copy" or "remove: true".',
    },
  ],
  [
    "a single value updated with an object",
    {
      given: [{ target: "$.info.title", update: {} }],
      want: "#/actions/0: the target is a single value, so the update can't be an object.",
    },
  ],
  [
    "an object updated with a single value",
    {
      given: [{ target: "$.info", update: 1 }],
      want: "#/actions/0: the target is an object, so the update can't be a single value.",
    },
  ],
  [
    "a member of another kind",
    {
      given: [{ target: "$", update: { info: { title: ["a"] } } }],
      want: '#/actions/0: its member "title" is a single value in the document and a list in the update.',
    },
  ],
  [
    "a copy of nothing",
    {
      given: [{ target: "$.info", copy: "$.gone" }],
      want: '#/actions/0: "copy" needs exactly one match, $.gone has 0.',
    },
  ],
  [
    "a copy of two things",
    {
      given: [{ target: "$.info", copy: "$.paths.*.get" }],
      want: '#/actions/0: "copy" needs exactly one match, $.paths.*.get has 2.',
    },
  ],
  [
    "a copy that is no JSONPath",
    { given: [{ target: "$.info", copy: 1 }], want: '#/actions/0: "copy" takes a JSONPath.' },
  ],
  [
    "a removal of everything",
    { given: [{ target: "$", remove: true }], want: "#/actions/0: the whole document can't be removed." },
  ],
  [
    "the second action of two",
    {
      given: [
        { target: "$", update: {} },
        { target: "$.x", update: {} },
      ],
      want: "#/actions/1: the target $.x matches nothing in the document.",
    },
  ],
])("%s is a problem of the action", (_name, { given, want }) => {
  expect(problemsIn(() => apply(given))[0]).toMatch(want);
});
