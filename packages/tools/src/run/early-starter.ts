import type { ModelEvent } from "../chat/ask-model.ts";
import { tryParse } from "../json.ts";
import type { NewCall } from "./call-runner.ts";
import type { ToolCall } from "./step.ts";

/** Starts calls while the answer they are in is still being streamed. */
export interface EarlyStarter {
  /** Takes note of an event, and starts what can be started. */
  read(event: ModelEvent): void;
  /** What was started under that number, with the arguments it was started with. */
  started(index: number): StartedCall | undefined;
}

/** A call that was started early. */
interface StartedCall {
  /** The arguments it was started with. */
  readonly arguments: string;
  readonly ended: Promise<ToolCall>;
}

interface GrowingCall {
  id: string;
  name: string;
  text: string;
  /** Whether text came since it was last looked at. */
  isNew: boolean;
  started: StartedCall | undefined;
}

/**
 * A starter for one answer. A text that is JSON may yet go on (Q31), so a call is only taken for whole when the model has
 * turned to another one.
 */
export function createEarlyStarter(start: (call: NewCall) => Promise<ToolCall>): EarlyStarter {
  const calls = new Map<number, GrowingCall>();

  function startOthers(current: number): void {
    for (const [index, call] of calls) {
      if (index === current || call.started !== undefined || !call.isNew || call.name === "") continue;
      call.isNew = false;
      if (!call.text.trimEnd().endsWith("}") || tryParse(call.text) === undefined) continue;
      const { id, name, text } = call;
      const ended = start({ index, id, name, kind: "function", arguments: text });
      call.started = { arguments: text, ended };
      // Whoever takes the answer of the call gets its error; a step that fails before that takes none.
      ended.catch(() => {});
    }
  }

  return {
    read(event) {
      if (event.type !== "tool_call.start" && event.type !== "tool_call.delta") return;
      const { index, id, name, kind } = event;
      // Free text never looks whole: a call of a custom tool is not started early, but shows that the others are written.
      if (kind === "function") {
        const call = calls.get(index) ?? { id, name, text: "", isNew: false, started: undefined };
        calls.set(index, call);
        call.id = id;
        call.name = name;
        if (event.type === "tool_call.delta") {
          call.text += event.delta;
          call.isNew = true;
        }
      }
      startOthers(index);
    },
    started: (index) => calls.get(index)?.started,
  };
}
