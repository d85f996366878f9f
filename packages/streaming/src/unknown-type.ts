/**
 * A `type` these types don't know. In truth it is any other text, without the mark at its end: TypeScript has no way to
 * say "any other text", and plain `string` would keep a comparison with a known type from narrowing the union. Compare
 * it as text: `const type: string = event.type`.
 */
export type UnknownType = `${string} (unknown)`;

/** Something of a type these types don't know, as the server sent it. */
export interface UnknownObject {
  type: UnknownType;
  [member: string]: unknown;
}
