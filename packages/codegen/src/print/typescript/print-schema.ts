import type { OpenAPI3, SchemaObject } from "openapi-typescript";
import ts from "typescript";
import type { IR } from "../../ir/ir.ts";
import { isObject, type JsonObject } from "../../json.ts";
import { banner } from "./banner.ts";
import { identifiersIn } from "./imports.ts";
import { literal } from "./literal.ts";
import { schemaNodes } from "./schema-nodes.ts";
import { tidyComments } from "./tidy-comments.ts";

/**
 * Prints `schema.ts`: one exported type per schema, its members through openapi-typescript, references by name, so that
 * an editor shows `ChatCompletion` and not the inside of it.
 */
export function printSchema(ir: IR, runtime: string): string {
  const percent = unusedCharacter(ir);
  const nodes = schemaNodes(documentFrom(ir, percent), (schema) =>
    typeFor(schema as SchemaObject & JsonObject),
  );
  const printed =
    print(schemaMembers(nodes).map(declaration)) + (nodes.some(isHelper) ? `\n${withRequired}` : "");
  const text = printed.replaceAll(escaped(percent), "%").replaceAll(percent, "%");
  const imports = identifiersIn(text).has("Uploadable")
    ? `import type { Uploadable } from ${literal(runtime)};\n\n`
    : "";
  // Without a declaration it would be a script, which nothing can be imported from.
  return `${banner(ir)}\n${imports}${text === "" ? "export {};\n" : tidyComments(text)}`;
}

/** The type openapi-typescript uses for members that `allOf` makes required. */
function isHelper(node: ts.Node): boolean {
  return ts.isTypeAliasDeclaration(node) && node.name.text === "WithRequired";
}

/** That type for schemas that can be null as well: `keyof` such a type is `never`, which its own takes no member of. */
const withRequired = `type WithRequired<T, K extends PropertyKey> = T &
  Required<Pick<NonNullable<T>, K & keyof NonNullable<T>>>;
`;

const uploadable = ts.factory.createTypeReferenceNode("Uploadable");
/** Keeps the known values of an open enum in completion: `string` alone would swallow them. */
const anyOtherString = ts.factory.createIntersectionTypeNode([
  ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
  ts.factory.createTypeLiteralNode([]),
]);

function typeFor(schema: SchemaObject & JsonObject): ts.TypeNode | undefined {
  if (schema["x-open"] === true) return ts.factory.createParenthesizedType(anyOtherString);
  if (schema["x-binary"] === true) return uploadable;
  if (schema["x-empty"] === true) return noMembers;
  return undefined;
}

const noMembers = ts.factory.createTypeReferenceNode("Record", [
  ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
  ts.factory.createKeywordTypeNode(ts.SyntaxKind.NeverKeyword),
]);

/**
 * A character that stands for `%` in names of members meanwhile: openapi-typescript takes the way to a union for a URI,
 * and stops at a `%` that escapes nothing.
 */
function unusedCharacter(ir: IR): string {
  const text = JSON.stringify(ir.schemas);
  let code = 0xe000;
  const isUsed = (character: string) => text.includes(character) || text.includes(escaped(character));
  while (isUsed(String.fromCharCode(code))) code += 1;
  return String.fromCharCode(code);
}

/** How TypeScript prints it in a string. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The schemas as an OpenAPI 3.1 document, which is what openapi-typescript reads. */
function documentFrom(ir: IR, percent: string): OpenAPI3 {
  const schemas = Object.fromEntries(
    Object.entries(ir.schemas).map(([name, schema]) => [name, forPrinting(schema, percent)]),
  );
  return {
    openapi: "3.1.0",
    info: { title: ir.info.title, version: ir.info.version },
    paths: {},
    components: { schemas: schemas as Record<string, SchemaObject> },
  };
}

function forPrinting(schema: unknown, percent: string): unknown {
  const inside = (value: unknown) => forPrinting(value, percent);
  if (Array.isArray(schema)) return schema.map(inside);
  if (!isObject(schema)) return schema;
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    // Every variant says by a constant of its own what selects it, so nothing is left for the discriminator to say.
    if (key === "discriminator") continue;
    if (key === "$ref") result[key] = String(value).replace("#/schemas/", "#/components/schemas/");
    else if (key === "enum" || key === "const" || key === "default") result[key] = value;
    else if (key === "anyOf" || key === "oneOf") result[key] = markOpen(value as unknown[]).map(inside);
    else if (key === "required") result[key] = renamed(value, percent);
    else if (key === "properties" && isObject(value)) {
      result[key] = Object.fromEntries(
        Object.entries(value).map(([name, member]) => [renamed(name, percent), inside(member)]),
      );
    } else result[key] = inside(value);
  }
  widen(result);
  if (isBinary(schema)) result["x-binary"] = true;
  if (schema.type === "object" && schema.additionalProperties === false && isEmpty(schema))
    result["x-empty"] = true;
  // openapi-typescript takes the values of an object's enum for schemas.
  if (schema.type === "object") delete result.enum;
  // openapi-typescript overlooks this constant.
  if (schema.const === null) result.enum = [null];
  return result;
}

/**
 * An index signature is about the named members too, so it allows what they hold as well: `{ a?: string } &
 * { [key: string]: number }` could have no `a`. References and plain types are named; beside others it is anything.
 */
function widen(schema: JsonObject): void {
  if (!isObject(schema.properties)) return;
  const members = [
    ...new Set(Object.values(schema.properties).map((member) => JSON.stringify(plain(member)))),
  ];
  const types = members.map((member) => JSON.parse(member) as unknown);
  const widened = (value: unknown) =>
    types.every((type) => isObject(type)) ? { anyOf: [value, ...types] } : true;
  const { additionalProperties: rest, patternProperties: patterns } = schema;
  if (
    members.length > 0 &&
    isObject(rest) &&
    Object.keys(rest).length > 0 &&
    !members.includes(JSON.stringify(rest))
  )
    schema.additionalProperties = widened(rest);
  if (members.length > 0 && isObject(patterns))
    schema.patternProperties = Object.fromEntries(
      Object.entries(patterns).map(([pattern, value]) => [pattern, widened(value)]),
    );
}

/** What is left of a schema that is a reference or of a type without parts; `null` of any other. */
function plain(schema: unknown): JsonObject | null {
  const { $ref, type, ...rest } = isObject(schema) ? schema : {};
  if (typeof $ref === "string") return { $ref };
  const isPlain =
    typeof type === "string" && !["object", "array"].includes(type) && !isBinary({ type, ...rest });
  return isPlain ? { type } : null;
}

/** Whether an object has no members of its own, nor any from a composition. */
function isEmpty(schema: JsonObject): boolean {
  return !["properties", "patternProperties", "allOf", "anyOf", "oneOf"].some((key) => key in schema);
}

function renamed(names: unknown, percent: string): unknown {
  if (Array.isArray(names)) return names.map((name) => renamed(name, percent));
  return typeof names === "string" ? names.replaceAll("%", percent) : names;
}

/** `anyOf: [{ enum: [...] }, { type: string }]` is an enum that may grow. */
function markOpen(variants: readonly unknown[]): unknown[] {
  const known = variants.some(
    (variant) => isObject(variant) && (Array.isArray(variant.enum) || typeof variant.const === "string"),
  );
  if (!known) return [...variants];
  return variants.map((variant) =>
    isObject(variant) &&
    variant.type === "string" &&
    variant.enum === undefined &&
    variant.const === undefined
      ? { ...variant, "x-open": true }
      : variant,
  );
}

/** A string of bytes: `format: binary` up to OpenAPI 3.0, a media type without an encoding since (OpenAPI 3.1, 4.8.14.2). */
export function isBinary(schema: JsonObject): boolean {
  if (schema.type !== "string" && schema.type !== undefined) return false;
  if (schema.format === "binary") return true;
  const mediaType = schema.contentMediaType;
  return (
    typeof mediaType === "string" && schema.contentEncoding === undefined && !/json|^text\//.test(mediaType)
  );
}

function schemaMembers(nodes: readonly ts.Node[]): ts.PropertySignature[] {
  for (const node of nodes) {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== "components") continue;
    for (const member of node.members) {
      if (!ts.isPropertySignature(member) || nameOf(member) !== "schemas") continue;
      if (member.type !== undefined && ts.isTypeLiteralNode(member.type)) {
        return member.type.members.filter(ts.isPropertySignature);
      }
    }
  }
  return [];
}

function nameOf(member: ts.PropertySignature): string {
  return ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : "";
}

function declaration(member: ts.PropertySignature): ts.Statement {
  const name = nameOf(member);
  const type = byName(member.type ?? ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword));
  const exported = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const statement = ts.isTypeLiteralNode(type)
    ? ts.factory.createInterfaceDeclaration(exported, name, undefined, undefined, type.members)
    : ts.factory.createTypeAliasDeclaration(exported, name, undefined, type);
  ts.setSyntheticLeadingComments(statement, ts.getSyntheticLeadingComments(member));
  return statement;
}

/** `components["schemas"]["ChatCompletion"]` → `ChatCompletion`, all the way down. */
function byName(type: ts.TypeNode): ts.TypeNode {
  const { transformed } = ts.transform(type, [
    (context) => {
      const visit = (node: ts.Node): ts.Node => {
        const name = referencedName(node);
        return name === undefined
          ? ts.visitEachChild(node, visit, context)
          : ts.factory.createTypeReferenceNode(name);
      };
      return (node) => visit(node) as ts.TypeNode;
    },
  ]);
  return transformed[0] as ts.TypeNode;
}

function referencedName(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType: root, indexType: section } = node.objectType;
  if (!ts.isTypeReferenceNode(root) || !ts.isIdentifier(root.typeName) || root.typeName.text !== "components")
    return undefined;
  if (
    !ts.isLiteralTypeNode(section) ||
    !ts.isStringLiteral(section.literal) ||
    section.literal.text !== "schemas"
  )
    return undefined;
  const { indexType } = node;
  return ts.isLiteralTypeNode(indexType) && ts.isStringLiteral(indexType.literal)
    ? indexType.literal.text
    : undefined;
}

function print(statements: readonly ts.Statement[]): string {
  const file = ts.factory.createSourceFile(
    [...statements],
    ts.factory.createToken(ts.SyntaxKind.EndOfFileToken),
    ts.NodeFlags.None,
  );
  return ts.createPrinter({ newLine: ts.NewLineKind.LineFeed }).printFile(file);
}
