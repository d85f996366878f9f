import { dereference, operationsOf } from "../document.ts";
import { asArray, asObject, asString, cloneJson, isObject, type JsonObject, joinPointer } from "../json.ts";
import { camelCase, pascalCase } from "../names.ts";
import type { Context } from "./context.ts";
import { suggestion } from "./nearest.ts";

/** What the whole of a client is told: its name, variables and options, servers and security. */
export function applyClient(context: Context): void {
  applySecurity(context);
  applyServers(context);
  const said: JsonObject = {};
  const { name } = asObject(context.config.organization);
  const { default_env_prefix: prefix } = asObject(context.config.client_settings);
  if (typeof name === "string" && /\p{L}/u.test(name)) said.name = pascalCase(name);
  const { environment, options } = optionsIn(context);
  if (typeof prefix === "string") environment.baseURL = `${prefix}_BASE_URL`;
  if (Object.keys(environment).length > 0) said.environment = environment;
  if (Object.keys(options).length > 0) said.options = options;
  if (Object.keys(said).length > 0) writeClient(context, said);
}

function writeClient({ document, change }: Context, said: JsonObject): void {
  const given = asObject(document["x-hawser-client"]);
  const after = {
    ...said,
    ...given,
    ...((said.environment ?? given.environment) !== undefined && {
      environment: { ...asObject(said.environment), ...asObject(given.environment) },
    }),
    ...((said.options ?? given.options) !== undefined && {
      options: { ...asObject(said.options), ...asObject(given.options) },
    }),
  };
  if (JSON.stringify(after) === JSON.stringify(given)) return;
  document["x-hawser-client"] = after;
  change("#/client_settings", {
    pointer: "#/x-hawser-client",
    ...(document["x-hawser-client"] !== undefined && Object.keys(given).length > 0 && { before: given }),
    after,
    reason: "it says it, with the name of the organization.",
  });
}

/**
 * `environments` stand for the servers of the document, unless an overlay changed those.
 *
 * @see https://www.stainless.com/docs/reference/config
 */
function applyServers(context: Context): void {
  const { document, base, config } = context;
  const environments = Object.entries(asObject(config.environments));
  if (environments.length === 0) return;
  const options = Object.values(asObject(asObject(config.client_settings).opts)).map(asObject);
  const servers = environments.map(([name, value]) => {
    const url = String(value);
    const at = joinPointer("#/environments", name);
    const present = asArray(document.servers)
      .map(asObject)
      .find((server) => server.url === url);
    const variables: JsonObject = {};
    for (const [, variable = ""] of url.matchAll(/\{([^{}]+)\}/g)) {
      const own = asObject(present?.variables)[variable];
      const option = options.find(({ server_variable: named }) => named === variable);
      if (isObject(own)) variables[variable] = own;
      else if (option?.default !== undefined && option.default !== null)
        variables[variable] = { default: String(option.default) };
      else
        context.problem(
          at,
          `nothing says what {${variable}} is when nobody gives it: write the URL without it, or an option in client_settings.opts with "server_variable: ${variable}" and a "default".`,
        );
    }
    if (!URL.canParse(url.replaceAll(/\{[^{}]+\}/g, "x")) && !url.startsWith("/"))
      context.problem(at, `"${url}" is no URL: write it with https:// at its beginning.`);
    return { url, description: name, ...(Object.keys(variables).length > 0 && { variables }) };
  });
  const given = document.servers;
  if (differ(given, base.servers)) {
    const reason = "an overlay says which servers there are, and goes before it.";
    context.change("#/environments", { pointer: "#/servers", before: servers, after: given, reason });
    return;
  }
  if (!differ(given, servers)) return;
  document.servers = servers;
  context.change("#/environments", {
    pointer: "#/servers",
    ...(given !== undefined && { before: given }),
    after: servers,
    reason: "the first is the base URL of the client.",
  });
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

/** `security` and `security_schemes` go before those of the document, and behind an overlay. */
function applySecurity({ document, base, config, problem, change }: Context): void {
  const schemes = asObject(config.security_schemes);
  const components = asObject(document.components);
  const given = asObject(components.securitySchemes);
  if (
    Object.keys(schemes).length > 0 &&
    !differ(given, asObject(asObject(base.components).securitySchemes))
  ) {
    const others = Object.fromEntries(
      Object.entries(given).filter(([name]) => !Object.hasOwn(schemes, name)),
    );
    document.components = { ...components, securitySchemes: { ...cloneJson(schemes), ...others } };
    if (differ(asObject(document.components).securitySchemes, given))
      change("#/security_schemes", {
        pointer: "#/components/securitySchemes",
        before: given,
        after: asObject(document.components).securitySchemes,
        reason: "they go before those of the document.",
      });
  }
  const known = schemeNames(document);
  const { security } = config;
  if (!Array.isArray(security)) return;
  for (const [index, alternative] of security.entries()) {
    for (const name of Object.keys(asObject(alternative))) {
      if (known.includes(name)) continue;
      const at = joinPointer("#/security", index, name);
      problem(at, `there is no security scheme "${name}" in the document.${suggestion(name, known)}`);
    }
  }
  if (differ(document.security, base.security) || !differ(document.security, security)) return;
  change("#/security", {
    pointer: "#/security",
    ...(document.security !== undefined && { before: document.security }),
    after: security,
    reason: "it goes before that of the document.",
  });
  document.security = cloneJson(security);
}

function schemeNames(document: JsonObject): string[] {
  return Object.keys(asObject(asObject(document.components).securitySchemes));
}

/** The variables keys are read from, and the options that are sent as headers. */
function optionsIn(context: Context): { environment: Record<string, string>; options: JsonObject } {
  const environment: Record<string, string> = {};
  const options: JsonObject = {};
  const given = Object.entries(asObject(asObject(context.config.client_settings).opts));
  const keys = given.flatMap(([, value]) => (isKey(asObject(value)) ? [asObject(asObject(value).auth)] : []));
  const usual = usualSchemes(context.document);
  const main = (keys.find(({ security_scheme: name }) => usual.includes(String(name))) ?? keys[0])
    ?.security_scheme;
  for (const [name, value] of given) {
    const option = asObject(value);
    const at = joinPointer("#/client_settings/opts", name);
    if (isObject(option.auth)) applyKey(context, option, at, { environment, main });
    else if (typeof option.send_in_header === "string") {
      const own = camelCase(name);
      options[own] = {
        description: asString(option.description)?.trim() || `Sent as ${option.send_in_header}.`,
        ...(typeof option.read_env === "string" && { variable: option.read_env }),
      };
      sendInHeader(context, option.send_in_header, own, at);
    } else if (option.server_variable === undefined || option.read_env !== undefined) {
      const reason =
        "an option that is neither a key nor a header has no counterpart: baseURL says all of the address.";
      context.unused(at, value, reason, "#/x-hawser-client");
    }
  }
  return { environment, options };
}

/** Whether an option is a key that is read from a variable. */
function isKey({ auth, read_env: variable }: JsonObject): boolean {
  const { role } = asObject(auth);
  return isObject(auth) && variable !== undefined && (role === undefined || role === "value");
}

/** The schemes that calls authenticate with, unless they say otherwise. */
function usualSchemes(document: JsonObject): string[] {
  return Object.keys(
    asObject(asArray(document.security).find((each) => Object.keys(asObject(each)).length > 0)),
  );
}

/** Which variable a client reads for what an option authenticates with. */
function applyKey(
  context: Context,
  option: JsonObject,
  at: string,
  { environment, main }: { environment: Record<string, string>; main: unknown },
): void {
  const { security_scheme: scheme, role } = asObject(option.auth);
  const known = schemeNames(context.document);
  if (!known.includes(String(scheme))) {
    const message = `there is no security scheme "${String(scheme)}" in the document.${suggestion(String(scheme), known)}`;
    context.problem(joinPointer(at, "auth", "security_scheme"), message);
    return;
  }
  const variable = option.read_env;
  if (role === "username" || role === "password") {
    const reason = 'basic authentication takes "user:password" as apiKey, from one variable.';
    context.unused(at, option, reason, "#/x-hawser-client");
    return;
  }
  if (typeof variable !== "string") return;
  const member = role === "client_id" ? "clientId" : role === "client_secret" ? "clientSecret" : "apiKey";
  if (environment[member] === undefined && (member !== "apiKey" || scheme === main))
    environment[member] = variable;
  else {
    const reason =
      member === "apiKey"
        ? `a client reads one key from the environment, and this is another: give it as credentials: { ${JSON.stringify(scheme)}: … }. Where a call needs both and it isn't given, the one key is sent for both.`
        : `a client has one ${member}, and this is another, which nothing reads.`;
    context.unused(at, option, reason, "#/x-hawser-client");
  }
}

/** Every operation has the header as a parameter that the client's option gives, unless a key says otherwise. */
function sendInHeader({ document, change }: Context, header: string, option: string, at: string): void {
  for (const { operation, pathItem, pointer } of operationsOf(document)) {
    const has = (parameters: unknown) =>
      asArray(parameters)
        .map((each) => asObject(dereference(document, each)))
        .find(
          ({ name, in: place }) => place === "header" && String(name).toLowerCase() === header.toLowerCase(),
        );
    const present = has(operation.parameters) ?? has(pathItem.parameters);
    if (present?.["x-hawser-option"] !== undefined) continue;
    if (present !== undefined) present["x-hawser-option"] = option;
    else {
      const parameter = { name: header, in: "header", schema: { type: "string" }, "x-hawser-option": option };
      operation.parameters = [...asArray(operation.parameters), parameter];
    }
    change(at, {
      pointer: `${pointer}/parameters`,
      after: { [header]: option },
      reason: "every request has the header.",
    });
  }
}
