// Configurations that a client can't be made from.
import { expect, test } from "vitest";
import { problemsIn } from "../../test/documents.ts";
import { applyToBerths } from "../../test/stainless-berths.ts";

test.each<[string, { config: string; problem: RegExp }]>([
  [
    "an endpoint the document doesn't have",
    {
      config: "resources: { berths: { methods: { list: get /berth } } }",
      problem:
        /^#\/resources\/berths\/methods\/list: the document has no operation get \/berth. The nearest is "get \/berths".$/,
    },
  ],
  [
    "a pagination scheme that isn't there",
    {
      config:
        "{ pagination: [{ name: berth_page, type: offset }], resources: { berths: { methods: { list: { endpoint: get /berths, paginated: berth_pages } } } } }",
      problem: /paginated: there is no pagination scheme "berth_pages". The nearest is "berth_page".$/,
    },
  ],
  [
    "a member of the body that isn't there",
    {
      config:
        "resources: { berths: { methods: { add: { endpoint: post /berths, streaming: { param_discriminator: stream } } } } }",
      problem:
        /param_discriminator: post \/berths has no member "stream" in the body .* The nearest is "streamed".$/,
    },
  ],
  [
    "a model that isn't there",
    {
      config:
        "resources: { berths: { models: { part: Berth }, methods: { add: { endpoint: post /berths, streaming: { stream_event_model: berths.parts } } } } }",
      problem: /stream_event_model: no resource has a model berths.parts. The nearest is "berths.part".$/,
    },
  ],
  [
    "a schema that isn't there",
    {
      config:
        "resources: { berths: { models: { part: Bert }, methods: { add: { endpoint: post /berths, streaming: { stream_event_model: berths.part } } } } }",
      problem:
        /the model berths.part is #\/components\/schemas\/Bert, which the document doesn't have. The nearest is "Berth".$/,
    },
  ],
  [
    "a security scheme that isn't there",
    {
      config:
        "{ security: [{ Keys: [] }], client_settings: { opts: { key: { auth: { security_scheme: Kei } } } } }",
      problem:
        /^#\/security\/0\/Keys: there is no security scheme "Keys" in the document. The nearest is "Key".\n#\/client_settings\/opts\/key\/auth\/security_scheme: .*"Kei"/,
    },
  ],
  [
    "a part of a URL that nothing gives a value",
    {
      config: "environments: { production: 'https://{region}.example' }",
      problem: /^#\/environments\/production: nothing says what \{region\} is/,
    },
  ],
  [
    "an environment that is no URL",
    { config: "environments: { production: harbour.example }", problem: /"harbour.example" is no URL/ },
  ],
  [
    "methods among what is shared",
    {
      config: "resources: { $shared: { methods: { list: get /berths } } }",
      problem: /\$shared holds models/,
    },
  ],
])("%s is an error that says what there is", (_what, { config, problem }) => {
  expect(problemsIn(() => applyToBerths(config)).join("\n")).toMatch(problem);
});
