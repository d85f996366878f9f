import { expect, test } from "vitest";
import { document, representationOf } from "../../test/documents.ts";
import { found } from "../../test/ships.ts";

/** A document whose one operation has these servers, if any, below those of the document. */
function at(own: string | undefined, root = "[{ url: https://a.example }]") {
  const servers = own === undefined ? "" : `servers: ${own}, `;
  return representationOf(
    document(`servers: ${root}
paths: { /charts: { get: { ${servers}operationId: listCharts, responses: { 204: { description: Done. } } } } }`),
  );
}

const wrong = "programs built before ask the wrong address.";

test.each<[string, { old: string | undefined; next: string | undefined; want: string[] }]>([
  [
    "one of its own",
    {
      old: undefined,
      next: "[{ url: https://c.example }]",
      want: [
        `major callers: \`charts.list\` is sent to https://c.example now, and was sent to the server of all operations: ${wrong}`,
      ],
    },
  ],
  [
    "none of its own any more",
    {
      old: "[{ url: https://c.example }]",
      next: undefined,
      want: [
        `major callers: \`charts.list\` is sent to the server of all operations now, and was sent to https://c.example: ${wrong}`,
      ],
    },
  ],
  [
    "another",
    {
      old: "[{ url: 'https://{r}.example', variables: { r: { default: c } } }]",
      next: "[{ url: 'https://{r}.example', variables: { r: { default: d } } }]",
      want: [
        `major callers: \`charts.list\` is sent to https://d.example now, and was sent to https://c.example: ${wrong}`,
      ],
    },
  ],
  [
    "a further one",
    {
      old: "[{ url: https://c.example }]",
      next: "[{ url: https://c.example }, { url: https://d.example, name: spare }]",
      want: ["minor: The server `spare` is new.", "patch: Other servers are named for `charts.list`."],
    },
  ],
])("an operation's server: %s", (_name, { old, next, want }) => {
  expect(found(at(old), at(next))).toEqual(want);
});

const region = (values: string) =>
  `[{ url: 'https://{r}.example', variables: { r: { default: eu${values === "" ? "" : `, enum: ${values}`} } } }]`;

test.each<[string, { old: string; next: string; want: string[] }]>([
  [
    "fewer values",
    {
      old: region("[eu, us]"),
      next: region("[eu]"),
      want: [
        "major callers: The server variable `r` takes only `eu` now.",
        "patch: Other servers are named.",
      ],
    },
  ],
  [
    "more values",
    {
      old: region("[eu]"),
      next: region("[eu, us]"),
      want: ["minor: The server variable `r` takes more values.", "patch: Other servers are named."],
    },
  ],
  [
    "any value, then some",
    {
      old: region(""),
      next: region("[eu]"),
      want: [
        "major callers: The server variable `r` takes only `eu` now.",
        "patch: Other servers are named.",
      ],
    },
  ],
  ["some, then any", { old: region("[eu]"), next: region(""), want: ["patch: Other servers are named."] }],
  [
    "a name and a variable that are gone",
    {
      old: "[{ url: 'https://{r}.example', name: live, variables: { r: { default: eu } } }]",
      next: "[{ url: https://eu.example }]",
      want: [
        "major callers: The server `live` is gone.",
        "major callers: The server variable `r` is gone.",
        "patch: Other servers are named.",
      ],
    },
  ],
])("the document's servers: %s", (_name, { old, next, want }) => {
  expect(found(at(undefined, old), at(undefined, next))).toEqual(want);
});
