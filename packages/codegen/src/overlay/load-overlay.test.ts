import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../../test/documents.ts";
import type { DocumentError } from "../document-error.ts";
import { loadOverlay } from "./load-overlay.ts";

test.each(["1.0.0", "1.1.0"])("an overlay of version %s is read", async (version) => {
  const yaml = `overlay: ${version}\ninfo: { title: T, version: 1.0.0 }\nactions: [{ target: $, update: { a: 1 } }]\n`;
  await withFolder({ "o.yaml": yaml }, async (folder) => {
    const source = join(folder, "o.yaml");
    expect(await loadOverlay(source)).toEqual({ source, actions: [{ target: "$", update: { a: 1 } }] });
  });
});

test("an overlay in JSON is read", async () => {
  await withFolder({ "o.json": '{ "overlay": "1.1.0", "actions": [] }' }, async (folder) => {
    expect((await loadOverlay(join(folder, "o.json"))).actions).toEqual([]);
  });
});

const notOverlay =
  'o.yaml: this is not an overlay: it should begin with "overlay: 1.1.0" and hold a list of "actions".';

test.each<[string, { given: Record<string, string>; want: string | RegExp }]>([
  ["a missing overlay is said to be missing", { given: {}, want: "o.yaml: there is no such overlay file." }],
  [
    "an overlay that does not parse is named with the line",
    {
      given: { "o.yaml": "overlay: [1\nactions: x" },
      want: /^o\.yaml: this does not parse as YAML or JSON: .*line \d+/,
    },
  ],
  [
    "an OpenAPI document is no overlay",
    { given: { "o.yaml": "openapi: 3.2.0\nactions: []" }, want: notOverlay },
  ],
  ["a version to come is refused", { given: { "o.yaml": "overlay: 2.0.0\nactions: []" }, want: notOverlay }],
  ["an overlay without actions is refused", { given: { "o.yaml": "overlay: 1.1.0\n" }, want: notOverlay }],
])("%s", async (_name, { given, want }) => {
  const message = await withFolder(given, (folder) =>
    loadOverlay(join(folder, "o.yaml")).then(
      () => "",
      (error: DocumentError) => error.message.replace(`${folder}/`, ""),
    ),
  );
  expect(message).toMatch(want);
});
