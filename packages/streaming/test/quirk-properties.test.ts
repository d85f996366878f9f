import fc from "fast-check";
import { expect, it } from "vitest";
import { type ChatCompletion, ChatCompletionStream } from "../src/index.ts";
import { chatPlans } from "./chat-plan.ts";
import { eventResponse, events } from "./support.ts";

interface Members {
  [name: string]: unknown;
}

interface Fragment extends Members {
  index?: number | null;
  id?: string | null;
  function: Members;
}

interface Delta extends Members {
  tool_calls?: Fragment[];
}

interface Choice extends Members {
  index: number;
  delta: Delta;
}

interface Chunk extends Members {
  choices: Choice[] | null;
}

/** The ids and names of the calls of each choice, by the index the format gives them. */
type Calls = ReadonlyMap<string, { readonly id: string; readonly name: string }>;

/** What a server does to all its chunks. */
type Habit = (chunks: Chunk[], calls: Calls) => Chunk[];

/** A habit that shows in every choice. */
function inChoices(change: (choice: Choice, isFirst: boolean) => void): Habit {
  return (chunks) => {
    const begun = new Set<number>();
    for (const choice of chunks.flatMap(({ choices }) => choices ?? [])) {
      change(choice, !begun.has(choice.index));
      begun.add(choice.index);
    }
    return chunks;
  };
}

/** A habit that shows in every fragment of a call. */
function inFragments(
  change: (fragment: Fragment, isFirst: boolean, call: { id: string; name: string }) => void,
): Habit {
  return (chunks, calls) => {
    for (const { index, delta } of chunks.flatMap(({ choices }) => choices ?? [])) {
      for (const fragment of delta.tool_calls ?? []) {
        change(fragment, "name" in fragment.function, calls.get(`${index} ${fragment.index}`)!);
      }
    }
    return chunks;
  };
}

const continued =
  (members: (call: { id: string; name: string }) => Members): Habit =>
  (chunks, calls) =>
    inFragments((fragment, isFirst, call) => {
      if (!isFirst) Object.assign(fragment, members(call));
    })(chunks, calls);

const named = (name: (call: { name: string }) => unknown): Habit =>
  inFragments((fragment, isFirst, call) => {
    if (!isFirst) fragment.function.name = name(call);
  });

/** Habits that may come together: at most one of each row. */
const habits: Record<string, Habit>[] = [
  {
    "empty ids on continuations": continued(() => ({ id: "" })),
    "null ids on continuations": continued(() => ({ id: null })),
    "ids on every fragment": continued(({ id }) => ({ id })),
  },
  {
    "empty names on continuations": named(() => ""),
    "null names on continuations": named(() => null),
    "names on every fragment": named(({ name }) => name),
  },
  {
    "no types": inFragments((fragment) => {
      delete fragment.type;
    }),
    "empty types": inFragments((fragment) => {
      fragment.type = "";
    }),
  },
  {
    "indexes from one": inFragments((fragment) => {
      fragment.index = (fragment.index ?? 0) + 1;
    }),
    "indexes with gaps": inFragments((fragment) => {
      fragment.index = (fragment.index ?? 0) * 3;
    }),
    "no indexes, but ids": inFragments((fragment, _, { id }) => {
      delete fragment.index;
      fragment.id = id;
    }),
    "null for indexes, but ids": inFragments((fragment, _, { id }) => {
      fragment.index = null;
      fragment.id = id;
    }),
    "one index for all, but ids": inFragments((fragment, _, { id }) => {
      fragment.index = 0;
      fragment.id = id;
    }),
  },
  {
    "empty roles": inChoices(({ delta }, isFirst) => {
      if (!isFirst) delta.role = "";
    }),
    "roles everywhere": inChoices(({ delta }) => {
      delta.role = "assistant";
    }),
    "no roles": inChoices(({ delta }) => {
      delete delta.role;
    }),
  },
  {
    "empty finish reasons": inChoices((choice) => {
      choice.finish_reason ??= "";
    }),
    "no finish reasons until the last": inChoices((choice) => {
      if (choice.finish_reason === null) delete choice.finish_reason;
    }),
  },
  {
    "reasoning by another name": inChoices(({ delta }) => {
      if (!("reasoning_content" in delta)) return;
      delta.reasoning = delta.reasoning_content;
      delete delta.reasoning_content;
    }),
    "reasoning by both names": inChoices(({ delta }) => {
      if ("reasoning_content" in delta) delta.reasoning = delta.reasoning_content;
    }),
    "reasoning by another name beside an empty one": inChoices(({ delta }) => {
      delta.reasoning = delta.reasoning_content ?? "";
      delta.reasoning_content = "";
    }),
  },
  {
    "content in parts": inChoices(({ delta }) => {
      if ("content" in delta) delta.content = [{ type: "text", text: delta.content }];
    }),
    "null for no content": inChoices(({ delta }) => {
      delta.content ??= null;
    }),
  },
  {
    "usage in every chunk": (chunks) => {
      const last = chunks.find(({ usage }) => usage)?.usage;
      return last === undefined ? chunks : chunks.map((chunk) => ({ usage: { total_tokens: 0 }, ...chunk }));
    },
    "usage taken back": (chunks) => [...chunks, { choices: [], usage: null }],
  },
  {
    "chunks without choices": (chunks) => [{ choices: null }, ...chunks, { choices: null }],
    "an empty chunk first": (chunks) => [
      { id: "", model: "", object: "", created: 0, choices: [] },
      ...chunks,
    ],
  },
];

const combinations = fc.tuple(
  ...habits.map((row) => fc.option(fc.constantFrom(...Object.keys(row)), { nil: undefined })),
);

/** The completion without what a habit adds to it. */
function strip({ choices, ...rest }: ChatCompletion): unknown {
  return {
    ...rest,
    choices: choices.map(({ message, ...choice }) => {
      const { reasoning: _, ...kept } = message as typeof message & { reasoning?: string };
      return { ...choice, message: kept };
    }),
  };
}

it("whatever habits a server has, and however many of them, the completion is the same", async () => {
  await fc.assert(
    fc.asyncProperty(chatPlans, combinations, async ({ chunks, completion }, names) => {
      const calls: Calls = new Map(
        completion.choices.flatMap(({ index, message }) =>
          (message.tool_calls ?? []).map((call, at) => [
            `${index} ${at}`,
            { id: call.id, name: call.function?.name ?? "" },
          ]),
        ),
      );
      const chosen = names.map((name, row) => (name === undefined ? undefined : habits[row]?.[name]));
      // What names calls by their index comes before what takes the index away.
      const [ids, callNames, types, indexes, ...others] = chosen;
      let sent = structuredClone(chunks) as Chunk[];
      for (const habit of [ids, callNames, types, ...others, indexes]) sent = habit?.(sent, calls) ?? sent;
      const stream = ChatCompletionStream.fromResponse(eventResponse(events(...sent, "[DONE]")));
      const final = await stream.finalCompletion();
      expect(strip(final)).toEqual(completion);
      expect(await stream.end).toEqual({ reason: "complete" });
    }),
    { numRuns: 500 },
  );
});
