import type { RenewableCredential } from "./options.ts";

/** A token, and how long it holds. */
export interface TokenGrant {
  readonly token: string;
  /** Milliseconds from when it was asked for. Undefined: until the server refuses it. */
  readonly lifetime: number | undefined;
}

/** How long before its end a token is renewed, in milliseconds: a minute, or a tenth of a life that is short. */
function marginOf(lifetime: number): number {
  return Math.min(60_000, lifetime / 10);
}

/**
 * A credential that asks for a token when there is none, keeps it until shortly before it expires, and asks once
 * however many calls need it.
 *
 * @param ask - asks the token endpoint.
 * @param now - milliseconds since 1970.
 */
export function createTokenCredential(
  ask: () => Promise<TokenGrant>,
  now: () => number = Date.now,
): RenewableCredential {
  let token: string | undefined;
  let renewAt = 0;
  let pending: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const asked = now();
    const grant = await ask();
    const { lifetime = Number.POSITIVE_INFINITY } = grant;
    renewAt = asked + lifetime - marginOf(lifetime);
    token = grant.token;
    return token;
  }

  const credential = (): Promise<string> => {
    if (token !== undefined && now() < renewAt) return Promise.resolve(token);
    pending ??= renew().finally(() => {
      pending = undefined;
    });
    return pending;
  };
  return Object.assign(credential, {
    forget(refused: string) {
      if (refused === token) token = undefined;
    },
  });
}
