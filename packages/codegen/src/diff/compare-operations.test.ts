import { expect, test } from "vitest";
import { answer, body, found, ships } from "../../test/ships.ts";

const done = "responses: { 204: { description: Done. } }";
const stream = (keys: string) => `
requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { stream: { type: boolean }, live: { type: boolean } } } } } }
responses:
  200:
    description: OK
    content:
      application/json: { schema: { type: object, properties: { text: { type: string } } } }
      text/event-stream: { itemSchema: { type: object, properties: { text: { type: string } } } }
x-hawser-stream: ${keys}`;

const negotiated = `
responses:
  200:
    description: OK
    content:
      application/json: { schema: { type: object, properties: { text: { type: string } } } }
      text/event-stream: { itemSchema: { type: object, properties: { text: { type: string } } } }`;

test.each<[string, { old: string; new: string; want: string[] }]>([
  [
    "a parameter that has to be given",
    {
      old: done,
      new: `${done}\nparameters: [{ name: dock, in: query, required: true, schema: { type: string } }]`,
      want: ["major callers: `ships.create` has to be given the new parameter `dock`."],
    },
  ],
  [
    "a parameter that can be given",
    {
      old: done,
      new: `${done}\nparameters: [{ name: dock, in: query, schema: { type: string } }]`,
      want: ["minor: `ships.create` takes the new parameter `dock`."],
    },
  ],
  [
    "a parameter that is gone",
    {
      old: `${done}\nparameters: [{ name: dock, in: query, schema: { type: string } }]`,
      new: done,
      want: [
        "major callers: `ships.create` no longer takes the parameter `dock`.",
        "major callers readers: The type `CreateShipParams` is gone.",
      ],
    },
  ],
  [
    "a parameter that became required, of another type",
    {
      old: `${done}\nparameters: [{ name: dock, in: query, schema: { type: string } }]`,
      new: `${done}\nparameters: [{ name: dock, in: query, required: true, schema: { type: integer } }]`,
      want: [
        "major callers: The parameter `dock` of `ships.create` has to be given now.",
        "major callers: The parameter `dock` of `ships.create` is an integer now, and was a string.",
      ],
    },
  ],
  [
    "a body that has to be given",
    {
      old: done,
      new: `${done}\n${body("{ type: string }")}`,
      want: ["major callers: `ships.create` has to be given a body now."],
    },
  ],
  [
    "a body in another encoding",
    {
      old: `${done}\nrequestBody: { required: true, content: { application/json: { schema: { type: string } } } }`,
      new: `${done}\nrequestBody: { required: true, content: { text/plain: { schema: { type: string } } } }`,
      want: [
        "major callers: The body of `ships.create` is sent as text/plain now, and was sent as application/json.",
        "major callers readers: The type `CreateShipRequest` is gone.",
      ],
    },
  ],
  [
    "an answer of another kind",
    {
      old: answer("{ type: string }"),
      new: done,
      want: [
        "major readers: `ships.create` no longer answers JSON.",
        "major readers: `ships.create` can answer with nothing now.",
        "major callers readers: The type `CreateShipResponse` is gone.",
      ],
    },
  ],
  [
    "an error that has a type no longer",
    {
      old: "responses: { 204: { description: Done. }, 404: { description: Gone., content: { application/json: { schema: { type: string } } } } }",
      new: "responses: { 204: { description: Done. }, 404: { description: Gone. } }",
      want: [
        "major readers: The answer 404 of `ships.create` is anything now, and was a string.",
        "major callers readers: The type `CreateShipError404` is gone.",
      ],
    },
  ],
  [
    "an error that is described",
    {
      old: done,
      new: "responses: { 204: { description: Done. }, 404: { description: Gone. } }",
      want: ["minor: `ships.create` describes its answer 404 now."],
    },
  ],
  [
    "a flag that is called otherwise",
    {
      old: stream("{ flag: stream }"),
      new: stream("{ flag: live }"),
      want: [
        "major callers readers: `ships.create` streams when `live` is true now, and streams when `stream` is true before.",
      ],
    },
  ],
  [
    "a stream that Accept asks for, and then a query parameter",
    {
      old: negotiated,
      new: `${negotiated}\nparameters: [{ name: stream, in: query, schema: { type: boolean } }]`,
      want: [
        "major callers readers: `ships.create` streams when the parameter `stream` is true now, and streams when its `Accept` header asks for it before.",
        "minor: `ships.create` takes the new parameter `stream`.",
      ],
    },
  ],
  [
    "an end that is marked otherwise",
    {
      old: stream("{ flag: stream, sentinel: '[DONE]' }"),
      new: stream("{ flag: stream, sentinel: '[END]' }"),
      want: [
        'major readers: The end of the stream of `ships.create` is "[END]" now, and was "[DONE]": programs built before misread it.',
      ],
    },
  ],
  [
    "another class of retries",
    {
      old: done,
      new: `${done}\nx-hawser-retry: idempotent`,
      want: [
        "minor: `ships.create` is sent again after a failure now, and was costly, and not sent again unless it certainly did not arrive.",
      ],
    },
  ],
  [
    "a key where none was asked for",
    {
      old: done,
      new: `${done}\nsecurity: [{ key: [] }]`,
      want: ["major callers: `ships.create` asks for key now, and no key did before."],
    },
  ],
  [
    "another key that will do",
    {
      old: `${done}\nsecurity: [{ key: [] }]`,
      new: `${done}\nsecurity: [{ key: [] }, { token: [] }]`,
      want: ["minor: `ships.create` can be called with token now."],
    },
  ],
  [
    "deprecation",
    { old: done, new: `${done}\ndeprecated: true`, want: ["minor: `ships.create` is deprecated."] },
  ],
  [
    "another description",
    {
      old: `${done}\ndescription: One.`,
      new: `${done}\ndescription: Two.`,
      want: ["patch: `ships.create` is described in other words."],
    },
  ],
  [
    "another method of the client",
    {
      old: done,
      new: `${done}\nx-hawser-method: fleet.add`,
      want: ["major callers: The method `ships.create` is called `fleet.add` now."],
    },
  ],
  [
    "other milliseconds",
    {
      old: done,
      new: `${done}\nx-hawser-timeouts: { total: 1000 }`,
      want: ["patch: `ships.create` differs in details: timeouts."],
    },
  ],
])("%s is found at an operation", (_name, { old, new: next, want }) => {
  expect(found(ships(old), ships(next))).toEqual(want);
});
