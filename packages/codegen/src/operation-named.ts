import { type OpenAPIDocument, type OperationEntry, operationsOf } from "./document.ts";
import { camelCase } from "./names.ts";

/** The operation of an id, as the document gave it or as normalisation writes it (`get-task`, `getTask`). */
export function operationNamed(document: OpenAPIDocument, id: string): OperationEntry | undefined {
  const entries = [...operationsOf(document)];
  return (
    entries.find(({ operation }) => operation.operationId === id) ??
    entries.find(({ operation }) => operation.operationId === camelCase(id))
  );
}

/** The id an operation has in the document, by the name a key gives it, which has been checked. */
export function operationId(document: OpenAPIDocument, id: string): string {
  return String(operationNamed(document, id)?.operation.operationId);
}
