import type { IncomingMessage } from "node:http";

/** The headers that let scripts of any origin read an answer (Fetch, "CORS protocol"). */
export function corsHeaders(request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  return {
    "access-control-allow-origin": origin ?? "*",
    "access-control-expose-headers": "*",
    ...(origin !== undefined && { vary: "origin" }),
  };
}

/** The answer to a preflight, which asks whether a request may be sent. */
export function preflightHeaders(
  request: IncomingMessage,
  allowed: readonly string[],
): Record<string, string> {
  const { "access-control-request-method": method, "access-control-request-headers": names } =
    request.headers;
  return {
    ...corsHeaders(request),
    "access-control-allow-methods": method ?? allowed.join(", "),
    "access-control-allow-headers": typeof names === "string" ? names : "*",
    "access-control-max-age": "600",
    allow: allowed.join(", "),
  };
}
