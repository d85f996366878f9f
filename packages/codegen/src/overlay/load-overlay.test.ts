import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../../test/documents.ts";
import type { DocumentError } from "../document-error.ts";
import { loadOverlay } from "./load-overlay.ts";

const info = "info: { title: T, version: 1.0.0 }\n";
const actions = "actions: [{ target: $, update: { a: 1 } }]\n";

test.each(["1.0.0", "1.0.1", "1.1.0"])("an overlay of version %s is read", async (version) => {
  await withFolder({ "o.yaml": `overlay: ${version}\n${info}${actions}` }, async (folder) => {
    const source = join(folder, "o.yaml");
    expect(await loadOverlay(source)).toEqual({ source, actions: [{ target: "$", update: { a: 1 } }] });
  });
});

test("an overlay in JSON is read, with the document it is for", async () => {
  const overlay = {
    overlay: "1.1.0",
    info: { title: "T", version: "1.0.0" },
    extends: "openapi.yaml",
    actions: [{ target: "$", remove: false, update: 1 }],
  };
  await withFolder({ "o.json": JSON.stringify(overlay) }, async (folder) => {
    const { extends: document, actions: given } = await loadOverlay(join(folder, "o.json"));
    expect({ document, given }).toEqual({ document: "openapi.yaml", given: overlay.actions });
  });
});

test("an example of an update is left as it is written", async () => {
  const action = "actions: [{ target: $, update: { x: { externalValue: a.json } } }]\n";
  await withFolder({ "o.yaml": `overlay: 1.1.0\n${info}${action}` }, async (folder) => {
    expect((await loadOverlay(join(folder, "o.yaml"))).actions).toEqual([
      { target: "$", update: { x: { externalValue: "a.json" } } },
    ]);
  });
});

const notOverlay =
  'o.yaml: this is not an overlay of version 1.0 or 1.1: it should begin with "overlay: 1.1.0".';

test.each<[string, { given: string | undefined; want: string | RegExp }]>([
  ["a missing overlay", { given: undefined, want: "o.yaml: there is no such file." }],
  [
    "an overlay that does not parse",
    { given: "overlay: [1\nactions: x", want: /^o\.yaml: this does not parse as YAML or JSON: .*line \d+/ },
  ],
  ["an OpenAPI document", { given: "openapi: 3.2.0\nactions: []", want: notOverlay }],
  ["a list", { given: "- overlay", want: notOverlay }],
  ["a version to come", { given: `overlay: 2.0.0\n${info}${actions}`, want: notOverlay }],
  ["a version of two numbers", { given: `overlay: "1.1"\n${info}${actions}`, want: notOverlay }],
  [
    "an overlay without actions",
    {
      given: `overlay: 1.1.0\n${info}`,
      want: "o.yaml at #/actions: an overlay needs a list of at least one action.",
    },
  ],
  [
    "an empty list of actions",
    {
      given: `overlay: 1.1.0\n${info}actions: []\n`,
      want: "o.yaml at #/actions: an overlay needs a list of at least one action.",
    },
  ],
  [
    "actions that are no list",
    {
      given: `overlay: 1.1.0\n${info}actions: { target: $ }\n`,
      want: "o.yaml at #/actions: an overlay needs a list of at least one action.",
    },
  ],
  [
    "an overlay without info",
    {
      given: `overlay: 1.1.0\n${actions}`,
      want: 'o.yaml at #/info: an overlay needs an "info" with a "title" and a "version".',
    },
  ],
  [
    "an info that is a text",
    {
      given: `overlay: 1.1.0\ninfo: text\n${actions}`,
      want: 'o.yaml at #/info: an overlay needs an "info" with a "title" and a "version".',
    },
  ],
  [
    "an info without a version",
    {
      given: `overlay: 1.1.0\ninfo: { title: T }\n${actions}`,
      want: "o.yaml at #/info/version: the version of an overlay is a text.",
    },
  ],
  [
    "a title that is a number",
    {
      given: `overlay: 1.1.0\ninfo: { title: 1, version: 1.0.0 }\n${actions}`,
      want: "o.yaml at #/info/title: the title of an overlay is a text.",
    },
  ],
  [
    "a description that is a list",
    {
      given: `overlay: 1.1.0\ninfo: { title: T, version: 1.0.0, description: [] }\n${actions}`,
      want: "o.yaml at #/info/description: the description of an overlay is a text.",
    },
  ],
  [
    "an extends that is no text",
    {
      given: `overlay: 1.1.0\n${info}extends: 1\n${actions}`,
      want: "o.yaml at #/extends: it should be the path or URL of a document.",
    },
  ],
  [
    "a member no overlay has",
    {
      given: `overlay: 1.1.0\n${info}action: []\n${actions}`,
      want: `o.yaml at #: it can't have a member "action", only overlay, info, extends, actions and extensions that begin with x-.`,
    },
  ],
])("%s is refused", async (_name, { given, want }) => {
  const message = await withFolder(given === undefined ? {} : { "o.yaml": given }, (folder) =>
    loadOverlay(join(folder, "o.yaml")).then(
      () => "",
      (error: DocumentError) => error.message.replaceAll(`${folder}/`, ""),
    ),
  );
  expect(message).toMatch(want);
});
