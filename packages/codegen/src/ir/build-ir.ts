import { dereference, type OpenAPIDocument, operationsOf } from "../document.ts";
import { DocumentError } from "../document-error.ts";
import { asArray, asObject, asString, cloneJson, type Json } from "../json.ts";
import { pascalCase } from "../names.ts";
import { buildHelpers } from "./build-helpers.ts";
import { buildOperation } from "./build-operation.ts";
import { checkIR } from "./check-ir.ts";
import { type ClientDescription, type IR, irVersion, type Operation, type SecurityScheme } from "./ir.ts";
import { resourceTree } from "./resource-tree.ts";
import { schemaFrom } from "./schema-from.ts";
import { serversFrom } from "./servers.ts";

/**
 * Builds the intermediate representation of a normalised document and checks it against its JSON Schema.
 *
 * @param source what the document is called in problems
 * @throws {DocumentError} when two operations want one place in the resource tree, or when the document holds a value
 * that has no place in the representation
 */
export function buildIR(document: OpenAPIDocument, source: string): IR {
  const schemas: Record<string, Json> = {};
  for (const [name, schema] of Object.entries(asObject(asObject(document.components).schemas))) {
    schemas[name] = schemaFrom(schema);
  }
  const entries = [...operationsOf(document)];
  const operations: Operation[] = [];
  for (const entry of entries) operations.push(buildOperation(document, entry, schemas));
  const helpers = buildHelpers(document);
  const info = asObject(document.info);
  const ir: IR = {
    version: irVersion,
    info: {
      title: titleOf(document),
      version: String(info.version ?? "0.0.0"),
      ...(typeof info.description === "string" && { description: info.description.trim() }),
    },
    client: clientOf(document),
    servers: serversFrom(document.servers),
    security: { schemes: schemesOf(document) },
    schemas,
    operations,
    helpers: helpers.map(({ helper }) => helper),
    resources: resourceTree(document, entries, helpers, source),
  };
  try {
    checkIR(ir);
  } catch (error) {
    throw new DocumentError([{ source, pointer: "", message: (error as Error).message }]);
  }
  return cloneJson(ir);
}

function titleOf(document: OpenAPIDocument): string {
  return asString(asObject(document.info).title)?.trim() || "API";
}

function clientOf(document: OpenAPIDocument): ClientDescription {
  const given = asObject(document["x-hawser-client"]);
  const environment = asObject(given.environment);
  return {
    name: pascalCase(asString(given.name) ?? `${titleOf(document)} client`),
    environment: environment as ClientDescription["environment"],
    options: asObject(given.options) as ClientDescription["options"],
  };
}

function schemesOf(document: OpenAPIDocument): Record<string, SecurityScheme> {
  const schemes: [string, SecurityScheme][] = [];
  for (const [name, value] of Object.entries(asObject(asObject(document.components).securitySchemes))) {
    const { type, scheme, in: place, name: key, flows } = asObject(dereference(document, value));
    if (type === "http") {
      schemes.push([name, { type, scheme: String(scheme).toLowerCase() === "basic" ? "basic" : "bearer" }]);
    } else if (type === "apiKey" && (place === "header" || place === "query" || place === "cookie")) {
      schemes.push([name, { type, in: place, name: String(key) }]);
    } else if (type === "oauth2") {
      const { tokenUrl } = asObject(asObject(flows).clientCredentials);
      const scopes = scopesOf(document, name);
      const grant = typeof tokenUrl === "string" && { tokenUrl, ...(scopes.length > 0 && { scopes }) };
      schemes.push([name, { type, ...grant }]);
    } else if (type === "openIdConnect" || type === "mutualTLS") {
      schemes.push([name, { type }]);
    }
  }
  return Object.fromEntries(schemes);
}

/** The scopes that operations ask of a scheme, in the order of the document. */
function scopesOf(document: OpenAPIDocument, scheme: string): string[] {
  const requirements = [...operationsOf(document)].flatMap(({ operation }) =>
    asArray(operation.security ?? document.security),
  );
  return [...new Set(requirements.flatMap((entry) => asArray(asObject(entry)[scheme]).map(String)))];
}
