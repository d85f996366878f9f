/** How many characters of what came are quoted in a message. */
const quoteLimit = 200;

/**
 * What may be a credential: an authorization scheme with its value, or a key with one of the prefixes providers give
 * theirs (`sk-…`, `rc_live_…`, `gsk_…`). It looks ahead at nothing, which would take the square of the text's length.
 */
const candidate =
  /\b(?:Bearer|Basic)\s+([\w.~+/=-]{8,})|\b(?:sk|rk|pk|rc|gsk|psk|xai|hf|nvapi)[-_]([\w-]{8,})/gi;

/** The text with everything that looks like a credential blotted out. */
export function redact(text: string): string {
  return text.replace(candidate, (found: string, value: string | undefined, key: string | undefined) =>
    // Words such as `token_limit` have no digit.
    /[\d=]/.test(value ?? key ?? "") ? "[redacted]" : found,
  );
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
