import type { Client } from "./client.ts";
import { readPointer } from "./json-pointer.ts";
import { listPages } from "./list-pages.ts";
import type { Operation, OperationInput } from "./operation.ts";
import type { RequestOptions } from "./options.ts";

/** What is compared: the value at a JSON pointer into an item. */
export interface Finder {
  readonly pointer: string;
  /** Query parameter that narrows the list on the server first. */
  readonly parameter?: string;
}

/**
 * All items of a list, over all of its pages, whose value equals the one looked for exactly.
 *
 * @throws what asking for a page throws.
 */
export async function findBy<Item>(
  client: Client,
  operation: Operation,
  { pointer, parameter }: Finder,
  value: string,
  input: OperationInput,
  options?: RequestOptions,
): Promise<Item[]> {
  const params = parameter === undefined ? input.params : { ...input.params, [parameter]: value };
  const found: Item[] = [];
  for await (const item of listPages<Item>(client, operation, { ...input, params }, options)) {
    if (readPointer(item, pointer) === value) found.push(item);
  }
  return found;
}
