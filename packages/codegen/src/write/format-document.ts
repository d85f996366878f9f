import { stringify } from "yaml";
import type { OpenAPIDocument } from "../document.ts";

/** A document as the text of a file: JSON when its name ends in `.json`, else YAML. */
export function formatDocument(document: OpenAPIDocument, path: string): string {
  if (path.endsWith(".json")) return `${JSON.stringify(document, null, 2)}\n`;
  // Two places that hold the same are still two places.
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}
