/** An OpenAPI document as JSON text. */
export interface BigDocument {
  readonly text: string;
  readonly operationIds: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string): Json => ({ "application/json": { schema: reference(name) } });
const answer = (description: string, name: string): Json => ({ description, content: json(name) });

function createSchemas(name: string, at: number): Record<string, Json> {
  const fields = Object.fromEntries(
    Array.from({ length: 12 }, (_, field): [string, Json] => [
      `field_${field}`,
      [
        {
          type: "string",
          description: `What ${name} says about field ${field}, in a sentence.`,
          maxLength: 200,
        },
        { type: "integer", minimum: 0, default: field },
        { type: "array", items: { type: "string", format: "uuid" } },
        { type: ["string", "null"], enum: ["low", "middle", "high", null] },
      ][(field + at) % 4]!,
    ]),
  );
  const event = (kind: string): Json => ({
    type: "object",
    required: ["type", "data"],
    properties: { type: { type: "string", const: kind }, data: reference(name), note: { type: "string" } },
  });
  return {
    [`${name}Input`]: { type: "object", required: ["field_0"], properties: fields },
    [name]: {
      description: `A ${name}, as it is kept.`,
      allOf: [
        reference(`${name}Input`),
        {
          type: "object",
          required: ["id", "status"],
          properties: {
            id: { type: "string" },
            status: reference("Status"),
            created_at: { type: "string", format: "date-time" },
            labels: { type: "object", additionalProperties: { type: "string" } },
            // Every thing knows the one before it, as things in large documents do.
            ...(at === 0 ? {} : { previous: reference(`Thing${at - 1}`) }),
          },
        },
      ],
    },
    [`${name}List`]: {
      type: "object",
      required: ["data"],
      properties: { data: { type: "array", items: reference(name) }, next: { type: ["string", "null"] } },
    },
    [`${name}Created`]: event("created"),
    [`${name}Deleted`]: event("deleted"),
    [`${name}Event`]: {
      oneOf: [reference(`${name}Created`), reference(`${name}Deleted`)],
      discriminator: { propertyName: "type" },
    },
  };
}

function createPaths(name: string): Record<string, Json> {
  const path = `/${name.toLowerCase()}`;
  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  const failures = { 404: answer("There is none.", "Problem"), default: answer("It failed.", "Problem") };
  const operation = (verb: string, summary: string, rest: Json, success: Json): Json => ({
    operationId: `${verb}${name}`,
    summary,
    ...rest,
    responses: { 200: success, ...failures },
  });
  const body = { required: true, content: json(`${name}Input`) };
  const query = ["limit", "after", "order"].map((parameter) => ({
    name: parameter,
    in: "query",
    description: `How the list is cut: ${parameter}.`,
    schema: parameter === "limit" ? { type: "integer", default: 20 } : { type: "string" },
  }));
  return {
    [path]: {
      get: operation("list", `Lists each ${name}.`, { parameters: query }, answer("A page.", `${name}List`)),
      post: operation("create", `Makes a ${name}.`, { requestBody: body }, answer("Made.", name)),
    },
    [`${path}/{id}`]: {
      parameters: [id],
      get: operation("retrieve", `One ${name}.`, {}, answer("Found.", name)),
      put: operation("replace", `Replaces a ${name}.`, { requestBody: body }, answer("Replaced.", name)),
      delete: operation("delete", `Deletes a ${name}.`, {}, { description: "Deleted." }),
    },
    [`${path}/{id}/events`]: {
      parameters: [id],
      get: operation("watch", `What happened to a ${name}.`, {}, answer("Events.", `${name}Event`)),
    },
  };
}

/**
 * A document of so many resources, each with six operations and six schemas, the same in every run. As large documents
 * do, it has compositions, discriminators, nullable enums, shared errors and chains of references.
 */
export function createBigDocument(resources: number): BigDocument {
  const names = Array.from({ length: resources }, (_, at) => `Thing${at}`);
  const document = {
    openapi: "3.1.0",
    info: { title: "Big", version: "1.0.0" },
    servers: [{ url: "https://big.example/v1" }],
    paths: Object.assign({}, ...names.map(createPaths)),
    components: {
      schemas: Object.assign(
        {
          Status: { type: "string", enum: ["new", "ready", "gone"] },
          Problem: {
            type: "object",
            required: ["message"],
            properties: { message: { type: "string" }, code: { type: "string" } },
          },
        },
        ...names.map(createSchemas),
      ),
    },
  };
  const verbs = ["list", "create", "retrieve", "replace", "delete", "watch"];
  return {
    text: JSON.stringify(document, null, 2),
    operationIds: names.flatMap((name) => verbs.map((verb) => `${verb}${name}`)),
  };
}
