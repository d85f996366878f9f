/** Shorter texts are too likely to be found by chance, and none is a key. */
const shortestSecret = 6;

/** A function that takes these secrets out of a text. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= shortestSecret);
  if (known.length === 0) return (text) => text;
  return (text) => known.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
}
