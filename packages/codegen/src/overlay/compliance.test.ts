// The cases the Overlay Specification is tested with (OAI/Overlay-Specification, its "compliant-sets" and the examples
// and schema tests of version 1.1), told again with documents of our own. Cases of version 1.2, which are laid over
// Arazzo and AsyncAPI documents, are left out.
import { expect, test } from "vitest";
import { parse } from "yaml";
import { document, problemsIn } from "../../test/documents.ts";
import type { OpenAPIDocument } from "../document.ts";
import { applyOverlay } from "./apply-overlay.ts";
import { overlayFrom } from "./load-overlay.ts";

const port = `
paths:
  /ships:
    get: { summary: Lists ships., tags: [ships], parameters: [{ name: page }, { name: dummy }] }
  /ships/{id}:
    get: { summary: One ship., tags: [ships, dummy] }
`;

const traits = `
paths:
  /items: { get: { x-oai-traits: [paged], responses: { 200: {} } } }
  /items/{id}/subitems: { get: { x-oai-traits: [paged], parameters: [{ name: id }] } }
  /other: { get: { responses: { 200: {} } } }
`;

const moves = `
paths:
  /items: { get: { summary: Items. } }
  /some-items: { delete: { summary: Gone. } }
`;

interface Case {
  readonly given: string;
  readonly actions: string;
  readonly want: string;
}

test.each<[string, Case]>([
  [
    "add-a-license: an object is added to info",
    {
      given: "info: { title: T, version: 1.0.0 }",
      actions: "- { target: $.info, update: { license: { name: MIT, url: https://example.com/mit } } }",
      want: "info: { title: T, version: 1.0.0, license: { name: MIT, url: https://example.com/mit } }",
    },
  ],
  [
    "description-and-summary: one member is replaced, one is added",
    {
      given: "paths: { /docks: { get: { summary: Old., responses: {} } } }",
      actions: "- { target: \"$.paths['/docks'].get\", update: { description: Long., summary: New. } }",
      want: "paths: { /docks: { get: { summary: New., responses: {}, description: Long. } } }",
    },
  ],
  [
    "many-operations: wildcards, removals, and lists that grow action by action",
    {
      given: port,
      actions: `
- { target: "$.paths['/ships'].get.summary", remove: true }
- { target: $.paths.*.get, update: { tags: [everywhere] } }
- { target: "$.paths['/ships'].get", update: { x-info: { applied: true }, tags: [here] } }
- { target: $.paths.*, update: { post: { foo: { bar: hello } } } }`,
      want: `
paths:
  /ships:
    get: { tags: [ships, everywhere, here], parameters: [{ name: page }, { name: dummy }], x-info: { applied: true } }
    post: { foo: { bar: hello } }
  /ships/{id}:
    get: { summary: One ship., tags: [ships, dummy, everywhere] }
    post: { foo: { bar: hello } }`,
    },
  ],
  [
    "remove-example: a member below quoted and unquoted names",
    {
      given: "components: { schemas: { Ship: { properties: { ship: { type: string, example: Argo } } } } }",
      actions: "- { target: \"$.components.schemas.Ship.properties['ship'].example\", remove: true }",
      want: "components: { schemas: { Ship: { properties: { ship: { type: string } } } } }",
    },
  ],
  [
    "remove-matching-responses: whatever stands below, at any depth",
    {
      given: `
paths:
  /a: { get: { responses: { "200": { description: OK }, "500": { description: No } } } }
  /b: { post: { responses: { "201": { description: OK }, "500": { description: No }, default: { description: Odd } } } }`,
      actions: `
- { target: "$.paths..responses['500']", remove: true }
- { target: "$.paths..responses['default']", remove: true }`,
      want: `
paths:
  /a: { get: { responses: { "200": { description: OK } } } }
  /b: { post: { responses: { "201": { description: OK } } } }`,
    },
  ],
  [
    "remove-property: members chosen by what they hold",
    {
      given: `
paths:
  /places: { get: { responses: { "200": { content: { properties: {
    id: { type: integer }, name: { type: string }, town: { type: string } } } } } } }`,
      actions: `- { target: "$.paths['/places'].get.responses['200']..properties[?(@.type == 'string')]", remove: true }`,
      want: `paths: { /places: { get: { responses: { "200": { content: { properties: { id: { type: integer } } } } } } } }`,
    },
  ],
  [
    "remove-server: an item of a list, by one of its members",
    {
      given:
        "servers: [{ url: https://dev.example.com, description: Dev }, { url: https://example.com, description: Live }]",
      actions: `- { target: "$.servers[?( @.description == 'Dev' )]", remove: true }`,
      want: "servers: [{ url: https://example.com, description: Live }]",
    },
  ],
  [
    "replace-servers-for-sandbox: a whole list is removed and written anew",
    {
      given: "servers: [{ url: https://a.example.com }, { url: https://b.example.com }]",
      actions: `
- { target: $.servers, remove: true }
- { target: $, update: { servers: [{ url: http://127.0.0.1, description: Here }] } }`,
      want: "servers: [{ url: http://127.0.0.1, description: Here }]",
    },
  ],
  [
    "update-root: a structure is mirrored from the root",
    {
      given: "info: { title: T, version: 1.0.0 }",
      actions: "- { target: $, update: { info: { x-overlaid: true } } }",
      want: "info: { title: T, version: 1.0.0, x-overlaid: true }",
    },
  ],
  [
    "targeted overlay example: a text is replaced where it stands",
    {
      given: "paths: { /foo: { get: { description: Old. } } }",
      actions: "- { target: \"$.paths['/foo'].get.description\", update: New. }",
      want: "paths: { /foo: { get: { description: New. } } }",
    },
  ],
  [
    "array modification examples: an item is added, one is removed, a tag is removed",
    {
      given: port,
      actions: `
- { target: $.paths.*.get.parameters, update: { name: newParam, in: query } }
- { target: "$.paths.*.get.parameters[?@.name == 'dummy']", remove: true }
- { target: "$.paths.*.get.tags[?@ == 'dummy']", remove: true }`,
      want: `
paths:
  /ships:
    get: { summary: Lists ships., tags: [ships], parameters: [{ name: page }, { name: newParam, in: query }] }
  /ships/{id}:
    get: { summary: One ship., tags: [ships] }`,
    },
  ],
  [
    "traits example: operations that carry a trait are given what it stands for",
    {
      given: traits,
      actions: `
- target: "$.paths[?(@.get['x-oai-traits'][?(@ == 'paged')])].get"
  update: { parameters: [{ name: top, in: query }, { name: skip, in: query }] }`,
      want: `
paths:
  /items: { get: { x-oai-traits: [paged], responses: { 200: {} }, parameters: [{ name: top, in: query }, { name: skip, in: query }] } }
  /items/{id}/subitems: { get: { x-oai-traits: [paged], parameters: [{ name: id }, { name: top, in: query }, { name: skip, in: query }] } }
  /other: { get: { responses: { 200: {} } } }`,
    },
  ],
  [
    "copy example: the operations of one path join those of another",
    {
      given: moves,
      actions: `- { target: '$.paths["/some-items"]', copy: '$.paths["/items"]' }`,
      want: `
paths:
  /items: { get: { summary: Items. } }
  /some-items: { delete: { summary: Gone. }, get: { summary: Items. } }`,
    },
  ],
  [
    "copy example: a target that is made first",
    {
      given: moves,
      actions: `
- { target: $.paths, update: { /other-items: {} } }
- { target: '$.paths["/other-items"]', copy: '$.paths["/items"]' }`,
      want: `
paths:
  /items: { get: { summary: Items. } }
  /some-items: { delete: { summary: Gone. } }
  /other-items: { get: { summary: Items. } }`,
    },
  ],
  [
    "move example: made, copied to, and the source removed",
    {
      given: moves,
      actions: `
- { target: $.paths, update: { /new-items: {} } }
- { target: '$.paths["/new-items"]', copy: '$.paths["/items"]' }
- { target: '$.paths["/items"]', remove: true }`,
      want: `
paths:
  /some-items: { delete: { summary: Gone. } }
  /new-items: { get: { summary: Items. } }`,
    },
  ],
  [
    "remove counts for more than update",
    {
      given: "tags: [{ name: a }, { name: b }]",
      actions: `- { target: "$.tags[?@.name == 'a']", remove: true, update: { name: c } }`,
      want: "tags: [{ name: b }]",
    },
  ],
])("%s", (_name, { given, actions, want }) => {
  expect(overlaid(given, actions)).toEqual(document(want));
});

function overlaid(given: string, actions: string): OpenAPIDocument {
  const head = { overlay: "1.1.0", info: { title: "O", version: "1.0.0", "x-team": "port" }, "x-note": null };
  return applyOverlay(document(given), overlayFrom({ ...head, actions: parse(actions) }, "o.yaml"));
}

test("zero matches are no failure, when they are allowed", () => {
  const overlay = { source: "o.yaml", actions: [{ target: "$.paths.*.gone", update: { a: 1 } }] };
  expect(applyOverlay(document(port), overlay, { allowUnmatchedActions: true })).toEqual(document(port));
});

test.each<[string, { actions: string; want: string }]>([
  [
    "a target of objects and texts is refused",
    {
      actions: "- { target: $.info.*, update: New. }\n",
      want: "#/actions/0: its target matches a single value and an object, but it can be only one of them.",
    },
  ],
  [
    "two actions that are the same are refused",
    {
      actions: "- { target: $.info.title, update: New }\n- { target: $.info.title, update: New }\n",
      want: "#/actions/1: it is the same as action 0: leave one of them out.",
    },
  ],
  [
    "copy and update together are refused",
    {
      actions: "- { target: $.info, update: { title: New }, copy: $.info }",
      want: '#/actions/0: an action needs one of "update", "copy" or "remove: true".',
    },
  ],
  [
    "copy and remove together are refused",
    {
      actions: "- { target: $.info, remove: true, copy: $.info }",
      want: '#/actions/0: an action needs one of "update", "copy" or "remove: true".',
    },
  ],
  [
    "a description that is no text is refused",
    {
      actions: "- { target: $.info, update: {}, description: 1 }",
      want: "#/actions/0: its description is a text.",
    },
  ],
  [
    "a removal that is neither true nor false is refused",
    { actions: '- { target: $.info, remove: "yes" }', want: '#/actions/0: "remove" is true or false.' },
  ],
  [
    "an action that is no object is refused",
    { actions: "- $.info", want: '#/actions/0: an action needs a "target", a JSONPath.' },
  ],
  [
    "a target that doesn't begin at the root is refused",
    { actions: "- { target: paths, update: {} }", want: "#/actions/0: paths is not a JSONPath (RFC 9535)" },
  ],
  [
    "a member no action has is refused",
    {
      actions: "- { target: $.info, updates: {}, update: {} }",
      want: `#/actions/0: it can't have a member "updates", only target, description, update, copy, remove and extensions that begin with x-.`,
    },
  ],
])("%s", (_name, { actions, want }) => {
  expect(problemsIn(() => overlaid("info: { title: T, contact: {} }", actions))[0]).toContain(want);
});
