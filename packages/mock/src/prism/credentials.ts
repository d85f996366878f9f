/** A security scheme of an operation, as Prism has it. */
interface CredentialScheme {
  readonly key: string;
  readonly type: string;
  readonly scheme?: string;
  readonly name?: string;
  readonly in?: string;
}

/**
 * Which credentials an operation asks for, in a sentence: its alternatives by `or`, what one of them needs together by `and`.
 */
export function missingCredentials(alternatives: readonly (readonly CredentialScheme[])[]): string {
  const told = alternatives.map((together) => together.map(credential).join(" and "));
  return `a credential is missing, or in the wrong place: ${told.join(", or ")}.`;
}

function credential({ key, type, scheme = "", name, in: place }: CredentialScheme): string {
  if (type === "apiKey") return `the ${place} ${place === "query" ? "parameter " : ""}"${name}" (${key})`;
  if (type === "mutualTLS") return `a client certificate (${key})`;
  const word = type === "http" ? scheme.charAt(0).toUpperCase() + scheme.slice(1) : "Bearer";
  return `the header "Authorization: ${word} …" (${key})`;
}
