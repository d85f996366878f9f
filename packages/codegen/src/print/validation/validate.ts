/** What is wrong with a value, and where (Standard Schema 1.0, https://standardschema.dev). */
interface Issue {
  readonly message: string;
  /** The members and indices that lead to it. */
  readonly path: readonly (string | number)[];
}

/** A Standard Schema (version 1) whose check is synchronous, and gives the value itself when nothing is wrong with it. */
export interface StandardSchema<Value> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "hawser";
    readonly validate: (
      value: unknown,
    ) => { readonly value: Value; readonly issues?: undefined } | { readonly issues: readonly Issue[] };
    readonly types?: { readonly input: Value; readonly output: Value } | undefined;
  };
}

/** The rules of a JSON Schema (2020-12) that values are checked against; a reference is the schema it leads to. */
export type Rules =
  | boolean
  | {
      readonly $ref?: StandardSchema<unknown>;
      readonly type?: string | readonly string[];
      readonly const?: unknown;
      readonly enum?: readonly unknown[];
      readonly allOf?: readonly Rules[];
      readonly anyOf?: readonly Rules[];
      readonly oneOf?: readonly Rules[];
      readonly not?: Rules;
      readonly if?: Rules;
      readonly then?: Rules;
      readonly else?: Rules;
      readonly properties?: Readonly<Record<string, Rules>>;
      readonly patternProperties?: Readonly<Record<string, Rules>>;
      readonly additionalProperties?: Rules;
      readonly propertyNames?: Rules;
      readonly required?: readonly string[];
      readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
      readonly dependentSchemas?: Readonly<Record<string, Rules>>;
      readonly minProperties?: number;
      readonly maxProperties?: number;
      readonly prefixItems?: readonly Rules[];
      readonly items?: Rules;
      readonly contains?: Rules;
      readonly minItems?: number;
      readonly maxItems?: number;
      readonly uniqueItems?: boolean;
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly pattern?: string;
      readonly minimum?: number;
      readonly maximum?: number;
      readonly exclusiveMinimum?: number;
      readonly exclusiveMaximum?: number;
      readonly multipleOf?: number;
    };

/** How deep schemas and values may stand in each other; what is deeper is an issue, not an overflow of the stack. */
const deepest = 500;

type Check = (value: unknown, path: readonly (string | number)[], depth: number) => Issue[];

/** How the schemas made here check what stands below another value. */
const checks = new WeakMap<StandardSchema<unknown>, Check>();

/**
 * A Standard Schema of rules.
 *
 * @param rules gives the rules, once they are needed: schemas may lead to each other
 */
export function standardSchema<Value>(rules: () => Rules): StandardSchema<Value> {
  let known: Rules | undefined;
  const check: Check = (value, path, depth) => {
    known ??= rules();
    return issuesIn(known, value, path, depth + 1);
  };
  const schema: StandardSchema<Value> = {
    "~standard": {
      version: 1,
      vendor: "hawser",
      validate: (value) => {
        const issues = check(value, [], 0);
        return issues.length === 0 ? { value: value as Value } : { issues };
      },
    },
  };
  checks.set(schema, check);
  return schema;
}

function issuesIn(rules: Rules, value: unknown, path: readonly (string | number)[], depth: number): Issue[] {
  if (rules === true) return [];
  const issue = (message: string): Issue[] => [{ message, path }];
  if (rules === false) return issue("It can't be here.");
  if (depth > deepest) return issue("It is nested too deeply to be checked.");
  const below = (inner: Rules, item: unknown, ...keys: (string | number)[]) =>
    issuesIn(inner, item, [...path, ...keys], depth + 1);
  const fits = (inner: Rules) => below(inner, value).length === 0;

  const { type, allOf = [], anyOf, oneOf } = rules;
  if (type !== undefined && ![type].flat().some((name) => isOfType(name, value)))
    return issue(`It is ${nameOfType(value)}, not ${[type].flat().join(" or ")}.`);
  const issues: Issue[] = [];
  if (rules.$ref !== undefined) issues.push(...(checks.get(rules.$ref)?.(value, path, depth) ?? []));
  if ("const" in rules && !isSame(rules.const, value))
    issues.push(...issue(`It has to be ${JSON.stringify(rules.const)}.`));
  if (rules.enum !== undefined && !rules.enum.some((known) => isSame(known, value)))
    issues.push(
      ...issue(`It has to be one of ${rules.enum.map((known) => JSON.stringify(known)).join(", ")}.`),
    );
  for (const part of allOf) issues.push(...below(part, value));
  if (anyOf !== undefined) issues.push(...closest(anyOf.map((variant) => below(variant, value))));
  if (oneOf !== undefined) {
    const found = oneOf.map((variant) => below(variant, value));
    issues.push(...closest(found));
    if (found.filter(({ length }) => length === 0).length > 1)
      issues.push(...issue("It fits several forms of which it has to be one."));
  }
  if (rules.not !== undefined && fits(rules.not)) issues.push(...issue("It is what it must not be."));
  const branch = rules.if === undefined ? undefined : fits(rules.if) ? rules.then : rules.else;
  if (branch !== undefined) issues.push(...below(branch, value));

  if (typeof value === "string") issues.push(...textIssues(rules, value).flatMap(issue));
  if (typeof value === "number") issues.push(...numberIssues(rules, value).flatMap(issue));
  if (Array.isArray(value)) issues.push(...listIssues(rules, value, issue, below));
  else if (isObject(value)) issues.push(...objectIssues(rules, value, issue, below));
  return issues;
}

type Kept = Exclude<Rules, boolean>;
type Tell = (message: string) => Issue[];
type Below = (rules: Rules, value: unknown, ...keys: (string | number)[]) => Issue[];

/** Nothing when a variant fits; else what is wrong with the one that is nearest to fitting. */
function closest(variants: readonly Issue[][]): Issue[] {
  return [...variants].sort((a, b) => a.length - b.length || depthOf(b) - depthOf(a))[0] ?? [];
}

/** A variant that was only wrong far inside is the one that was meant. */
function depthOf(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function textIssues({ minLength = 0, maxLength = Infinity, pattern }: Kept, value: string): string[] {
  // JSON Schema counts characters, not code units.
  const length = minLength > 0 || maxLength < Infinity ? [...value].length : 0;
  const found: string[] = [];
  if (length < minLength) found.push(`It has ${length} characters, at least ${minLength} are needed.`);
  if (length > maxLength) found.push(`It has ${length} characters, at most ${maxLength} are allowed.`);
  if (pattern !== undefined && expressionOf(pattern)?.test(value) === false)
    found.push(`It doesn't match ${pattern}.`);
  return found;
}

const expressions = new Map<string, RegExp | undefined>();

/** `undefined` for a pattern JavaScript can't read: nothing is known of what it allows. */
function expressionOf(pattern: string): RegExp | undefined {
  if (!expressions.has(pattern)) {
    let expression: RegExp | undefined;
    try {
      expression = new RegExp(pattern, "u");
    } catch {
      expression = undefined;
    }
    expressions.set(pattern, expression);
  }
  return expressions.get(pattern);
}

function numberIssues(rules: Kept, value: number): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = rules;
  const found: string[] = [];
  if (minimum !== undefined && value < minimum) found.push(`It has to be at least ${minimum}.`);
  if (maximum !== undefined && value > maximum) found.push(`It has to be at most ${maximum}.`);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    found.push(`It has to be more than ${exclusiveMinimum}.`);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    found.push(`It has to be less than ${exclusiveMaximum}.`);
  // 0.3 is a multiple of 0.1, whatever binary fractions make of it.
  if (multipleOf !== undefined && Math.abs(value / multipleOf - Math.round(value / multipleOf)) > 1e-8)
    found.push(`It has to be a multiple of ${multipleOf}.`);
  return found;
}

function listIssues(rules: Kept, list: readonly unknown[], issue: Tell, below: Below): Issue[] {
  const { prefixItems = [], items = true, contains, minItems = 0, maxItems = Infinity, uniqueItems } = rules;
  const found: Issue[] = [];
  if (list.length < minItems)
    found.push(...issue(`It has ${list.length} items, at least ${minItems} are needed.`));
  if (list.length > maxItems)
    found.push(...issue(`It has ${list.length} items, at most ${maxItems} are allowed.`));
  for (const [index, item] of list.entries()) found.push(...below(prefixItems[index] ?? items, item, index));
  if (contains !== undefined && !list.some((item, index) => below(contains, item, index).length === 0))
    found.push(...issue("No item of it is as one has to be."));
  if (
    uniqueItems === true &&
    list.some((item, index) => list.slice(0, index).some((other) => isSame(other, item)))
  )
    found.push(...issue("Two items of it are the same."));
  return found;
}

function objectIssues(
  rules: Kept,
  object: Readonly<Record<string, unknown>>,
  issue: Tell,
  below: Below,
): Issue[] {
  const {
    properties = {},
    patternProperties = {},
    additionalProperties = true,
    propertyNames = true,
  } = rules;
  const found: Issue[] = [];
  // A member that is undefined isn't sent.
  const members = Object.entries(object).filter(([, value]) => value !== undefined);
  const has = (name: string) => Object.hasOwn(object, name) && object[name] !== undefined;
  const needed = [...(rules.required ?? [])];
  for (const [name, others] of Object.entries(rules.dependentRequired ?? {}))
    if (has(name)) needed.push(...others);
  for (const name of needed)
    if (!has(name)) found.push(...issue(`Its member ${JSON.stringify(name)} is missing.`));
  for (const [name, inner] of Object.entries(rules.dependentSchemas ?? {}))
    if (has(name)) found.push(...below(inner, object));
  if (members.length < (rules.minProperties ?? 0))
    found.push(...issue(`It has ${members.length} members, at least ${rules.minProperties} are needed.`));
  if (members.length > (rules.maxProperties ?? Infinity))
    found.push(...issue(`It has ${members.length} members, at most ${rules.maxProperties} are allowed.`));
  for (const [name, value] of members) {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const matching = Object.entries(patternProperties).filter(([pattern]) =>
      expressionOf(pattern)?.test(name),
    );
    if (own !== undefined) found.push(...below(own, value, name));
    for (const [, inner] of matching) found.push(...below(inner, value, name));
    if (own === undefined && matching.length === 0) found.push(...below(additionalProperties, value, name));
    if (propertyNames !== true) found.push(...below(propertyNames, name, name));
  }
  return found;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOfType(type: string, value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "number") return typeof value === "number" && Number.isFinite(value);
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  return type === "object" ? isObject(value) : typeof value === type;
}

function nameOfType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSame(item, b[index]))
    );
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}
