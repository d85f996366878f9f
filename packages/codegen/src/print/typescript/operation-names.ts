/** Names the generated `operations.ts` uses itself, which no operation can have. */
export const takenOperationNames: ReadonlySet<string> = new Set([
  "service",
  "createClient",
  "createServiceClient",
]);

/** The name of the constant that describes an operation. */
export function operationConstant(id: string): string {
  return `${id}Operation`;
}
