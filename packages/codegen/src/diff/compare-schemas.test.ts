import { expect, test } from "vitest";
import { answer, answers, asks, body, found, ships } from "../../test/ships.ts";
import { diff } from "./diff.ts";

const member = (schema: string, rest = "") => `{ type: object, properties: { name: ${schema} } ${rest} }`;

/** What one change means in a request, and what it means in an answer. */
test.each<[string, { old: string; new: string; asked: string[]; answered: string[] }]>([
  ["nothing", { old: member("{ type: string }"), new: member("{ type: string }"), asked: [], answered: [] }],
  [
    "a new member that can be left out",
    {
      old: member("{ type: string }"),
      new: "{ type: object, properties: { name: { type: string }, flag: { type: string } } }",
      asked: ["minor: `CreateShipRequest.flag` is new."],
      answered: ["minor: `CreateShipResponse.flag` is new."],
    },
  ],
  [
    "a new member that is required",
    {
      old: member("{ type: string }"),
      new: "{ type: object, required: [flag], properties: { name: { type: string }, flag: { type: string } } }",
      asked: ["major callers: `CreateShipRequest.flag` is new, and has to be given."],
      answered: ["minor: `CreateShipResponse.flag` is new."],
    },
  ],
  [
    "a new member that is required and has a default",
    {
      old: member("{ type: string }"),
      new: "{ type: object, required: [flag], properties: { name: { type: string }, flag: { type: string, default: a } } }",
      asked: ["minor: `CreateShipRequest.flag` is new."],
      answered: ["minor: `CreateShipResponse.flag` is new."],
    },
  ],
  [
    "a member that is gone",
    {
      old: "{ type: object, properties: { name: { type: string }, flag: { type: string } } }",
      new: member("{ type: string }"),
      asked: ["major callers: `CreateShipRequest.flag` is gone."],
      answered: ["major readers: `CreateShipResponse.flag` is gone."],
    },
  ],
  [
    "a member that became required",
    {
      old: member("{ type: string }"),
      new: member("{ type: string }", ", required: [name]"),
      asked: ["major callers: `CreateShipRequest.name` has to be given now."],
      answered: ["minor: `CreateShipResponse.name` is always there now."],
    },
  ],
  [
    "a member that became optional",
    {
      old: member("{ type: string }", ", required: [name]"),
      new: member("{ type: string }"),
      asked: ["minor: `CreateShipRequest.name` can be left out now."],
      answered: ["major readers: `CreateShipResponse.name` can be missing now."],
    },
  ],
  [
    "a value less",
    {
      old: member("{ enum: [a, b] }"),
      new: member("{ enum: [a] }"),
      asked: ['major callers: `CreateShipRequest.name` can\'t be "b" any more.'],
      answered: ['minor: `CreateShipResponse.name` can\'t be "b" any more.'],
    },
  ],
  [
    "a value more",
    {
      old: member("{ enum: [a, b] }"),
      new: member("{ enum: [a, b, c, d] }"),
      asked: ['minor: `CreateShipRequest.name` can be "c" or "d" now.'],
      answered: ['major readers: `CreateShipResponse.name` can be "c" or "d" now.'],
    },
  ],
  [
    "a known value more, beside any other",
    {
      old: member("{ anyOf: [{ type: string }, { type: string, enum: [a] }] }"),
      new: member("{ anyOf: [{ type: string }, { type: string, enum: [a, b] }] }"),
      asked: ['minor: `CreateShipRequest.name` can be "b" now.'],
      answered: ['minor: `CreateShipResponse.name` can be "b" now.'],
    },
  ],
  [
    "a list of values where there was none",
    {
      old: member("{ type: string }"),
      new: member("{ type: string, enum: [a] }"),
      asked: ['major callers: `CreateShipRequest.name` is one of a list of values now: "a".'],
      answered: ['minor: `CreateShipResponse.name` is one of a list of values now: "a".'],
    },
  ],
  [
    "another type",
    {
      old: member("{ type: string }"),
      new: member("{ type: integer }"),
      asked: ["major callers: `CreateShipRequest.name` is an integer now, and was a string."],
      answered: ["major readers: `CreateShipResponse.name` is an integer now, and was a string."],
    },
  ],
  [
    "a wider type",
    {
      old: member("{ type: integer }"),
      new: member("{ type: number }"),
      asked: ["minor: `CreateShipRequest.name` is a number now, and was an integer."],
      answered: ["major readers: `CreateShipResponse.name` is a number now, and was an integer."],
    },
  ],
  [
    "null as well",
    {
      old: member("{ type: string }"),
      new: member("{ type: [string, 'null'] }"),
      asked: ["minor: `CreateShipRequest.name` can be null now."],
      answered: ["major readers: `CreateShipResponse.name` can be null now."],
    },
  ],
  [
    "null no more",
    {
      old: member("{ anyOf: [{ type: string }, { type: 'null' }] }"),
      new: member("{ type: string }"),
      asked: ["major callers: `CreateShipRequest.name` can't be null any more."],
      answered: ["minor: `CreateShipResponse.name` can't be null any more."],
    },
  ],
  [
    "null no more among the values",
    {
      old: member("{ type: [string, 'null'], enum: [a, null] }"),
      new: member("{ type: [string, 'null'], enum: [a] }"),
      asked: ["major callers: `CreateShipRequest.name` can't be null any more."],
      answered: ["minor: `CreateShipResponse.name` can't be null any more."],
    },
  ],
  [
    "a variant more",
    {
      old: member("{ type: string }"),
      new: member("{ oneOf: [{ type: string }, { type: number }] }"),
      asked: ["minor: `CreateShipRequest.name` can be a number now."],
      answered: ["major readers: `CreateShipResponse.name` can be a number now."],
    },
  ],
  [
    "a variant less, told by its constant",
    {
      old: member(
        "{ oneOf: [{ type: object, properties: { kind: { const: a } } }, { type: object, properties: { kind: { const: b } } }] }",
      ),
      new: member("{ oneOf: [{ type: object, properties: { kind: { const: b } } }] }"),
      asked: ['major callers: `CreateShipRequest.name` can\'t be the variant kind: "a" any more.'],
      answered: ['minor: `CreateShipResponse.name` can\'t be the variant kind: "a" any more.'],
    },
  ],
  [
    "a tighter bound",
    {
      old: member("{ type: string, maxLength: 9 }"),
      new: member("{ type: string, maxLength: 8 }"),
      asked: ["major callers: The maxLength of `CreateShipRequest.name` is 8 now, and was 9."],
      answered: ["minor: The maxLength of `CreateShipResponse.name` is 8 now, and was 9."],
    },
  ],
  [
    "a looser bound",
    {
      old: member("{ type: integer, minimum: 3 }"),
      new: member("{ type: integer, minimum: 2 }"),
      asked: ["minor: The minimum of `CreateShipRequest.name` is 2 now, and was 3."],
      answered: ["minor: The minimum of `CreateShipResponse.name` is 2 now, and was 3."],
    },
  ],
  [
    "another format",
    {
      old: member("{ type: string, format: date }"),
      new: member("{ type: string, format: date-time }"),
      asked: ['major callers: The format of `CreateShipRequest.name` is "date-time" now, and was "date".'],
      answered: [
        'major readers: The format of `CreateShipResponse.name` is "date-time" now, and was "date".',
      ],
    },
  ],
  [
    "another default",
    {
      old: member("{ type: string, default: a }"),
      new: member("{ type: string, default: b }"),
      asked: ['minor: `CreateShipRequest.name` is "b" now when it is left out, and was "a".'],
      answered: ['patch: The default of `CreateShipResponse.name` is "b" now.'],
    },
  ],
  [
    "a list of something particular",
    {
      old: member("{ type: array }"),
      new: member("{ type: array, items: { type: string } }"),
      asked: ["major callers: `CreateShipRequest.name[]` is a string now, and was anything."],
      answered: ["minor: `CreateShipResponse.name[]` is a string now, and was anything."],
    },
  ],
  [
    "words around null",
    {
      old: member("{ anyOf: [{ type: string }, { type: 'null' }] }"),
      new: member("{ anyOf: [{ type: string }, { type: 'null' }], deprecated: true }"),
      asked: ["minor: `CreateShipRequest.name` is deprecated."],
      answered: ["minor: `CreateShipResponse.name` is deprecated."],
    },
  ],
  [
    "deprecation",
    {
      old: member("{ type: string }"),
      new: member("{ type: string, deprecated: true }"),
      asked: ["minor: `CreateShipRequest.name` is deprecated."],
      answered: ["minor: `CreateShipResponse.name` is deprecated."],
    },
  ],
  [
    "another description",
    {
      old: member("{ type: string, description: A name. }"),
      new: member("{ type: string, description: The name. }"),
      asked: ["patch: `CreateShipRequest.name` is described in other words."],
      answered: ["patch: `CreateShipResponse.name` is described in other words."],
    },
  ],
  [
    "members that may not be added any more",
    {
      old: member("{ type: string }"),
      new: member("{ type: string }", ", additionalProperties: false"),
      asked: ["major callers: `CreateShipRequest` has no members but those described any more."],
      answered: ["minor: `CreateShipResponse` has no members but those described any more."],
    },
  ],
  [
    "a member of a list's items",
    {
      old: "{ type: array, items: { type: object, properties: { a: { type: string }, b: { type: string } } } }",
      new: "{ type: array, items: { type: object, properties: { a: { type: string } } } }",
      asked: ["major callers: `CreateShipRequest[].b` is gone."],
      answered: ["major readers: `CreateShipResponse[].b` is gone."],
    },
  ],
  [
    "a member that only one direction has",
    {
      old: "{ type: object, properties: { id: { type: string, readOnly: true }, secret: { type: string, writeOnly: true } } }",
      new: "{ type: object, properties: {} }",
      asked: ["major callers: `CreateShipRequest.secret` is gone."],
      answered: ["major readers: `CreateShipResponse.id` is gone."],
    },
  ],
])(
  "%s is judged from the side of who writes and of who reads",
  (_name, { old, new: next, asked, answered }) => {
    expect(found(asks(old), asks(next)), "in a request").toEqual(asked);
    expect(found(answers(old), answers(next)), "in an answer").toEqual(answered);
  },
);

const ref = "{ $ref: '#/components/schemas/Ship' }";

test("a schema that is asked for and answered is told about once, with all it breaks", () => {
  const both = `${body(ref)}\n${answer(ref)}`;
  const old = ships(
    both,
    "{ Ship: { type: object, properties: { a: { type: string }, b: { type: string } } } }",
  );
  const next = ships(both, "{ Ship: { type: object, properties: { a: { type: string } } } }");
  expect(diff(old, next)).toEqual([
    {
      rule: "property-removed",
      level: "major",
      breaks: ["callers", "readers"],
      operations: ["createShip"],
      pointer: "#/schemas/Ship/properties/b",
      message: "`Ship.b` is gone.",
    },
  ]);
});

test("a schema that refers to itself is compared", () => {
  const tree = (type: string) =>
    ships(answer(ref), `{ Ship: { type: object, properties: { tug: ${ref}, size: { type: ${type} } } } }`);
  expect(found(tree("string"), tree("number"))).toEqual([
    "major readers: `Ship.size` is a number now, and was a string.",
  ]);
});

test("a schema with another name is the same schema, under another name", () => {
  const old = ships(answer(ref), "{ Ship: { type: object, properties: { a: { type: string } } } }");
  const next = ships(
    answer("{ $ref: '#/components/schemas/Boat' }"),
    "{ Boat: { type: object, properties: { a: { type: string } } } }",
  );
  expect(found(old, next)).toEqual(["major callers readers: The type `Ship` is called `Boat` now."]);
});

test("what allOf holds belongs to the schema", () => {
  const old = ships(
    answer(ref),
    `{ Base: { type: object, properties: { id: { type: string } } }, Ship: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { a: { type: string } } }] } }`,
  );
  const next = ships(answer(ref), "{ Ship: { type: object, properties: { a: { type: string } } } }");
  expect(found(old, next)).toEqual([
    "major readers: `Ship.id` is gone.",
    "major callers readers: The type `Base` is gone.",
  ]);
});
