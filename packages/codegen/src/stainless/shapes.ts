import { isObject, joinPointer } from "../json.ts";
import { anything, either, flag, oneOf, type Shape, shown, text, variable } from "../keys/shape.ts";

/**
 * An object with these members among others: what a client has no counterpart for is told in the report, wherever it is
 * looked at, and no error. A member that is `null` is one that nothing was written behind.
 */
function openObject(members: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape {
  const takes = `an object with ${Object.keys(members).join(", ")}`;
  return {
    takes,
    check(value, pointer, misfit) {
      if (!isObject(value)) return misfit(pointer, `it takes ${takes}, not ${shown(value)}.`);
      for (const [name, shape] of Object.entries(members)) {
        const given = Object.hasOwn(value, name) ? value[name] : undefined;
        if (given !== undefined && given !== null) shape.check(given, joinPointer(pointer, name), misfit);
        else if (required.includes(name)) misfit(pointer, `"${name}" is missing: ${shape.takes}.`);
      }
    },
  };
}

/** An object whose members are named by whoever wrote it; it may be empty. */
function openMap(value: Shape, key?: Shape): Shape {
  const takes = `an object of names and, for each, ${value.takes}`;
  return {
    takes,
    check(given, pointer, misfit) {
      if (!isObject(given)) return misfit(pointer, `it takes ${takes}, not ${shown(given)}.`);
      for (const [name, member] of Object.entries(given)) {
        const place = joinPointer(pointer, name);
        key?.check(name, place, misfit);
        value.check(member, place, misfit);
      }
    },
  };
}

function openList(item: Shape): Shape {
  const takes = `a list, each of it ${item.takes}`;
  return {
    takes,
    check(value, pointer, misfit) {
      if (!Array.isArray(value)) return misfit(pointer, `it takes ${takes}, not ${shown(value)}.`);
      for (const [index, each] of value.entries()) item.check(each, joinPointer(pointer, index), misfit);
    },
  };
}

function matching(takes: string, pattern: RegExp): Shape {
  return {
    takes,
    check(value, pointer, misfit) {
      if (typeof value !== "string" || !pattern.test(value))
        misfit(pointer, `it takes ${takes}, not ${shown(value)}.`);
    },
  };
}

const isText = (value: unknown) => typeof value === "string";
const isFlag = (value: unknown) => typeof value === "boolean";

/** `get /accounts/{id}`. */
const endpoint = matching(
  "an endpoint such as get /accounts/{id}",
  /^(get|put|post|delete|options|head|patch|trace|query)\s+\/\S*$/i,
);
/** A name that a method or a resource of a client can be made of. */
const name = matching(
  "a name of letters, digits, - and _ that begins with a letter or _",
  /^[\p{L}_][\p{L}\p{Nd}_-]*$/u,
);
const resourceName: Shape = either((value) => value === "$client" || value === "$shared", anything, name);
const languages = either(isFlag, flag, openList(text));
const deprecation = either(isText, text, either(isFlag, flag, openMap(text)));

const streaming = openObject({
  param_discriminator: text,
  stream_event_model: text,
  params_type_name: text,
});

const httpMethod = openObject(
  {
    endpoint,
    paginated: either(isFlag, flag, text),
    streaming,
    skip: languages,
    only: openList(text),
    deprecated: deprecation,
    unwrap_response: either((value) => value === false, flag, text),
    positional_params: openList(text),
    body_param_name: text,
  },
  ["endpoint"],
);
const otherMethod = openObject({ type: text, skip: languages, only: openList(text) });
const isOther = (value: unknown) =>
  isObject(value) && typeof value.type === "string" && value.type !== "http" && value.endpoint === undefined;
const method = either(isText, endpoint, either(isOther, otherMethod, httpMethod));

const model = either(
  isText,
  text,
  openObject({ openapi_uri: text, to: text, skip: languages, only: openList(text) }),
);

const resource: Shape = {
  takes: "an object with models, methods, subresources",
  check(value, pointer, misfit) {
    openObject({
      models: openMap(model),
      methods: openMap(method, name),
      subresources: openMap(resource, name),
      skip: languages,
      only: openList(text),
      deprecated: deprecation,
    }).check(value, pointer, misfit);
  },
};

const schemaMembers = openMap(openObject({}));
const scheme = openObject(
  {
    name: text,
    type: oneOf(["cursor", "cursor_id", "cursor_url", "fake_page", "offset", "page_number"]),
    request: schemaMembers,
    response: either((value) => isObject(value) && value.type === "array", anything, schemaMembers),
    param_location: oneOf(["query", "body"]),
  },
  ["type"],
);

const event = openObject(
  {
    kind: text,
    handle: text,
    event_type: either(isText, text, openList(text)),
    data_starts_with: text,
    error_property: text,
  },
  ["handle"],
);

const option = openObject({
  type: either(isText, text, openList(text)),
  description: matching("a text", /^/),
  read_env: variable,
  auth: openObject({ security_scheme: text, role: text }, ["security_scheme"]),
  server_variable: text,
  send_in_header: text,
});

/**
 * What a Stainless configuration holds, as far as it is read.
 *
 * @see https://www.stainless.com/docs/reference/config
 */
export const stainlessConfig: Shape = openObject({
  organization: openObject({ name: text }),
  environments: openMap(text),
  resources: openMap(resource, resourceName),
  pagination: either(Array.isArray, openList(scheme), scheme),
  streaming: openObject({ on_event: openList(event) }),
  settings: openObject({ unwrap_response_fields: openList(text) }),
  client_settings: openObject({ default_env_prefix: variable, opts: openMap(option) }),
  security: openList(openMap(openList(text))),
  security_schemes: openMap(openObject({ type: text }, ["type"])),
  unspecified_endpoints: openList(endpoint),
});
