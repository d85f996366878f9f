import {
  type GlobalContext,
  type OpenAPI3,
  type OpenAPITSOptions,
  resolveRef,
  transformSchema,
} from "openapi-typescript";
import type ts from "typescript";

/**
 * What openapi-typescript makes of a document, without the reading, linting and bundling it does first: a document from
 * the representation has been through all of that, and on large ones it takes longer than the rest.
 */
export function schemaNodes(document: OpenAPI3, transform: OpenAPITSOptions["transform"]): ts.Node[] {
  const context: GlobalContext = {
    // A member with a default may be left out of a request.
    defaultNonNullable: false,
    // An object of which nothing is said can hold anything.
    emptyObjectsUnknown: true,
    transform,
    silent: true,
    resolve: (reference) => resolveRef(document, reference, { silent: true }),
    // Every variant says by a constant of its own what selects it.
    discriminators: { objects: {}, refsHandled: [] },
    injectFooter: [],
    // Only what reads a document looks at this.
    redoc: {} as GlobalContext["redoc"],
    postTransform: undefined,
    transformProperty: undefined,
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    makePathsEnum: false,
    pathParamsAsTypes: false,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
  };
  return transformSchema(document, context);
}
