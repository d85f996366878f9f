import type { getHttpOperationsFromSpec } from "@stoplight/prism-http";

type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

/**
 * The operation without what makes Prism throw when it reads a request: lists and objects in headers that aren't there,
 * and objects in a query with a style for lists (`pipeDelimited`), which then can have any value.
 *
 * @param headers of the request, by names in small letters
 */
export function readableParameters(
  operation: PrismOperation,
  headers: Readonly<Record<string, string>>,
): PrismOperation {
  const { request } = operation;
  if (request === undefined) return operation;
  return {
    ...operation,
    request: {
      ...request,
      ...(request.headers && {
        headers: request.headers.map((parameter) =>
          parameter.name.toLowerCase() in headers ? parameter : { ...parameter, schema: {} },
        ),
      }),
      ...(request.query && {
        query: request.query.map((parameter) =>
          /Delimited$/.test(parameter.style) && parameter.schema?.type !== "array"
            ? { ...parameter, style: "form" as typeof parameter.style, schema: {} }
            : parameter,
        ),
      }),
    },
  };
}
