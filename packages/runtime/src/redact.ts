/** Shorter texts are too likely to be found by chance, and none is a key. */
const shortestSecret = 6;

/** A function that takes these secrets out of a text, those too that are added to the list later. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  return (text) =>
    secrets
      .filter((secret) => secret.length >= shortestSecret)
      .reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
}
