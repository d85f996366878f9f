import { expect, test } from "vitest";
import { document, problemsIn } from "../../test/documents.ts";
import { operationsOf } from "../document.ts";
import { buildHelpers } from "./build-helpers.ts";
import type { Resource } from "./ir.ts";
import { resourceTree } from "./resource-tree.ts";

function treeOf(yaml: string): Resource {
  const given = document(yaml);
  return resourceTree(given, [...operationsOf(given)], buildHelpers(given), "test.yaml");
}

/** `videos.list: listVideos`, one line per method. */
function linesOf(resource: Resource, path: readonly string[] = []): string[] {
  const here = resource.name === "" ? path : [...path, resource.name];
  return [
    ...resource.methods.map(({ name, operation }) => `${[...here, name].join(".")}: ${operation}`),
    ...resource.helpers.map(({ name, helper }) => `${[...here, name].join(".")}: ${helper}`),
    ...resource.resources.flatMap((child) => linesOf(child, here)),
  ];
}

test.each<[string, { given: string; want: string[] }]>([
  [
    "operations hang at their paths, in the order of the document",
    {
      given:
        "{ /videos: { post: { operationId: b }, get: { operationId: a } }, '/videos/{id}/frames': { get: { operationId: c } }, /: { get: { operationId: d } } }",
      want: ["d: d", "videos.list: a", "videos.create: b", "videos.frames.list: c"],
    },
  ],
  [
    "a derived name that is taken gives way to the operation's id",
    {
      given: "{ /v1/videos: { get: { operationId: old } }, /v2/videos: { get: { operationId: new } } }",
      want: ["videos.list: old", "videos.new: new"],
    },
  ],
  [
    "a derived name gives way to one that is said, wherever that stands",
    {
      given:
        "{ /videos: { get: { operationId: derived } }, /films: { get: { operationId: said, x-hawser-method: videos.list } } }",
      want: ["videos.derived: derived", "videos.list: said"],
    },
  ],
  [
    "an operation never takes the place of another, even with its id",
    {
      given:
        "{ /v1/videos: { get: { operationId: a } }, /v2/videos: { get: { operationId: create } }, /videos: { post: { operationId: c } } }",
      want: ["videos.list: a", "videos.create: create", "videos.c: c"],
    },
  ],
  [
    "an id that is taken as well gets a number",
    {
      given:
        "{ /films: { get: { operationId: said, x-hawser-method: videos.list } }, /videos: { get: { operationId: list } } }",
      want: ["videos.list: said", "videos.list2: list"],
    },
  ],
  [
    "a derived method gives way to a resource of its name",
    {
      given:
        "{ '/videos/{id}/download': { get: { operationId: fetch } }, '/videos/{id}/download/parts': { get: { operationId: parts } } }",
      want: ["videos.fetch: fetch", "videos.download.parts.list: parts"],
    },
  ],
])("%s", (_name, { given, want }) => {
  expect(linesOf(treeOf(`paths: ${given}`))).toEqual(want);
});

test.each<[string, { given: string; want: string[] }]>([
  [
    "two operations that are told to take one place",
    {
      given:
        "{ /a: { get: { operationId: a, x-hawser-method: videos.list } }, /b: { get: { operationId: b, x-hawser-method: videos.list } } }",
      want: [
        "#/paths/~1b/get: x-hawser-method says videos.list, which is already the operation at #/paths/~1a/get.",
      ],
    },
  ],
  [
    "a method that is told to be called like a resource",
    {
      given:
        "{ /a: { get: { operationId: a, x-hawser-method: videos } }, /videos: { get: { operationId: b } } }",
      want: [
        "#/paths/~1a/get: its method would be called videos, as is a resource beside it: give it another name with x-hawser-method.",
      ],
    },
  ],
])("%s are a problem", (_name, { given, want }) => {
  expect(problemsIn(() => treeOf(`paths: ${given}`))).toEqual(want);
});

test("a resource is described by the tag of its name", () => {
  const tree = treeOf(`
tags: [{ name: Fine Tuning, description: Trains. }, { name: jobs }]
paths: { /fine_tuning/jobs: { get: { operationId: a } } }
`);
  expect(tree.resources[0]).toMatchObject({ name: "fineTuning", description: "Trains." });
  expect(tree.resources[0]?.resources[0]).not.toHaveProperty("description");
});
