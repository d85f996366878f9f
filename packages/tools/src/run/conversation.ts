import type { ChatMessage } from "../chat/chat-completions.ts";
import { sumUsage, totalOf } from "../chat/usage.ts";
import type { Used } from "./budget.ts";
import { toBackMessage, toToolMessages } from "./messages.ts";
import type { RunProgress } from "./result.ts";
import { type ToolRunState, toState } from "./state.ts";
import type { Step } from "./step.ts";

/** What a conversation begins with. */
export interface ConversationOptions {
  readonly runId: string;
  readonly messages: readonly ChatMessage[];
  readonly steps: readonly Step[];
  /** Milliseconds the run was under way before. */
  readonly elapsed: number;
  /** Whether costs are counted. */
  readonly hasCosts: boolean;
}

/** The conversation of a run, and what it has used. */
export interface Conversation {
  readonly messages: readonly ChatMessage[];
  readonly steps: readonly Step[];
  readonly progress: () => RunProgress<ChatMessage>;
  readonly used: () => Used;
  readonly state: () => ToolRunState;
  /** Adds a step: what the model said, and unless some wait for a person, the answers to its calls. */
  readonly add: (step: Step) => void;
  /** Takes the last step back, and its message, whose calls have not been answered. */
  readonly takeBack: () => void;
  /** Puts other messages in the place of all. */
  readonly replace: (messages: readonly ChatMessage[]) => void;
}

/** The conversation of one run. */
export function createConversation(options: ConversationOptions): Conversation {
  const { runId, elapsed: before, hasCosts } = options;
  let messages = [...options.messages];
  const steps = [...options.steps];
  const startedAt = performance.now();
  const elapsed = (): number => before + performance.now() - startedAt;
  const costOfAll = (): number => steps.reduce((sum, { cost }) => sum + (cost ?? 0), 0);

  return {
    get messages() {
      return messages;
    },
    steps,

    progress() {
      const usages = steps.map(({ usage }) => usage);
      return {
        messages: [...messages],
        steps: [...steps],
        usage: sumUsage(usages),
        stepsWithoutUsage: usages.filter((usage) => usage === undefined).length,
        cost: hasCosts ? costOfAll() : undefined,
      };
    },

    used: () => ({
      steps: steps.length,
      tokens: steps.reduce((sum, { usage }) => sum + (usage === undefined ? 0 : totalOf(usage)), 0),
      cost: costOfAll(),
      time: elapsed(),
    }),

    state: () => toState(runId, messages, steps, elapsed()),

    add(step) {
      const back = toBackMessage(step.message, step.calls);
      if (back !== undefined) messages.push(back);
      steps.push(step);
      const isAnswered = step.calls.every(({ status }) => status !== "pending");
      if (isAnswered) messages.push(...toToolMessages(step.calls));
    },

    takeBack() {
      steps.pop();
      messages.pop();
    },

    replace(others) {
      messages = [...others];
    },
  };
}
