/** How many characters of what came are quoted in a message. */
const quoteLimit = 200;

/**
 * What looks like a credential: an authorization scheme with its value, or a key with one of the prefixes providers
 * give theirs (`sk-…`, `rc_live_…`, `gsk_…`). A digit must be in it, so that words like `token_limit` are left alone.
 */
const credential =
  /\b(?:Bearer|Basic)\s+(?=\S*[\d=])[\w.~+/=-]{8,}|\b(?:sk|rk|pk|rc|gsk|psk|xai|hf|nvapi)[-_](?=[\w-]*\d)[\w-]{8,}/gi;

/** The text with everything that looks like a credential blotted out. */
export function redact(text: string): string {
  return text.replace(credential, "[redacted]");
}

/** The text as a JSON string, at most 200 characters of it, for a message. */
export function quote(text: string): string {
  if (text.length <= quoteLimit) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, quoteLimit))}… (${text.length} characters)`;
}

/** How many characters of a server's own words stand in a message. */
const messageLimit = 1000;

/** The text, at most 1,000 characters of it. */
export function shorten(text: string): string {
  return text.length <= messageLimit ? text : `${text.slice(0, messageLimit)}…`;
}
