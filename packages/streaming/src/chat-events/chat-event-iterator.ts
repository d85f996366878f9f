import type { ChatCompletion, ChatCompletionChunk } from "../chat-types.ts";
import { createPullIterator } from "../pull-iterator.ts";
import type { StreamEnd } from "../stream-options.ts";
import type { ChatEvent } from "./chat-event.ts";
import { createChatEvents } from "./chat-events.ts";

type Chunks = AsyncGenerator<ChatCompletionChunk, undefined, undefined>;

/**
 * Iterates over the events of a chat. The chunks are opened when the first event is asked for. After the `end` event the
 * iteration throws the error of the end, when it has one.
 */
export function createChatEventIterator(
  open: () => Chunks,
  end: Promise<StreamEnd>,
  live: () => ChatCompletion,
): AsyncGenerator<ChatEvent, undefined, undefined> {
  let queue: ChatEvent[] = [];
  let taken = 0;
  const events = createChatEvents(live(), (event) => queue.push(event));
  let chunks: Chunks | undefined;
  let ended: StreamEnd | undefined;

  async function readOne(from: Chunks): Promise<void> {
    try {
      const result = await from.next();
      // The snapshot is to have what its events tell of.
      live();
      if (!result.done) return events.read(result.value);
    } catch {
      // The end says it.
    }
    ended = await end;
    events.finish(ended);
  }

  async function fill(): Promise<IteratorResult<ChatEvent, undefined>> {
    chunks ??= open();
    queue = [];
    taken = 0;
    while (queue.length === 0) await readOne(chunks);
    return { done: false, value: queue[taken++]! };
  }

  function pull(): IteratorResult<ChatEvent, undefined> | Promise<IteratorResult<ChatEvent, undefined>> {
    if (taken < queue.length) return { done: false, value: queue[taken++]! };
    if (ended === undefined) return fill();
    if ("error" in ended) throw ended.error;
    return { done: true, value: undefined };
  }

  return createPullIterator(pull, () => void chunks?.return(undefined));
}
