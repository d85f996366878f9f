/**
 * Gives a body up unread and lets its connection go. Not waited for, and a refusal isn't heard: a body that someone
 * else has taken hold of is theirs to end.
 */
export function discardBody(response: Response): void {
  response.body?.cancel().catch(() => {});
}
