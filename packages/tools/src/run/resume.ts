import { HawserError } from "@hawser/streaming";
import { type CallRunner, toAnswer } from "./call-runner.ts";
import { collectCalls } from "./collect-calls.ts";
import type { Decision, Decisions } from "./state.ts";
import type { Step, ToolCall } from "./step.ts";
import { createStepRunner, type StepContext, type TakenStep } from "./take-step.ts";

/** What was decided about a call: ids are the server's to choose, so inherited members don't count. */
function decisionOf(decisions: Decisions, id: string): Decision | undefined {
  return Object.hasOwn(decisions, id) ? decisions[id] : undefined;
}

function isApproved(decision: Decision | undefined): boolean {
  return decision === true || (typeof decision === "object" && "approve" in decision && decision.approve);
}

/** Throws a `HawserError` when a tool that is to be run is not there. */
export function checkApprovedTools(step: Step, decisions: Decisions, names: ReadonlySet<string>): void {
  for (const { id, name } of step.calls) {
    if (isApproved(decisionOf(decisions, id)) && !names.has(name)) {
      throw new HawserError(`The call ${id} can't be run: there is no tool ${name} among the tools given`);
    }
  }
}

function decide(call: ToolCall, decision: Decision | undefined, runner: CallRunner): Promise<ToolCall> {
  if (decision === undefined) return Promise.resolve(call);
  if (decision === true) return runner.runApproved(call);
  if (decision === false) return Promise.resolve(runner.settle(call, "denied", "The user denied this call."));
  if ("output" in decision) {
    const { output } = decision;
    return Promise.resolve(runner.settle({ ...call, output }, "done", toAnswer(output)));
  }
  if (!decision.approve) {
    const text = `The user denied this call${decision.reason === undefined ? "." : `: ${decision.reason}`}`;
    return Promise.resolve(runner.settle(call, "denied", text));
  }
  const { arguments: changed } = decision;
  if (changed === undefined) return runner.runApproved(call);
  const text = call.kind === "custom" ? (changed as string) : JSON.stringify(changed);
  return runner.runApproved({ ...call, arguments: text });
}

/**
 * Runs the calls of a paused step that a person agreed to, and answers those denied. Calls nobody decided about stay
 * `pending`.
 */
export async function answerPending(
  context: StepContext,
  step: Step,
  decisions: Decisions,
): Promise<TakenStep> {
  const { settings, signal } = context;
  const runner = createStepRunner(context, step.number, settings.tools, signal);
  const running = step.calls.map((call) => decide(call, decisionOf(decisions, call.id), runner));
  const { calls, failure } = await collectCalls(running, (at) => runner.abandon(step.calls[at]!));
  return { step: { ...step, calls }, cutOff: undefined, failure };
}
