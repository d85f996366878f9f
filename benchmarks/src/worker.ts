// The process of one contestant: nobody else's code is compiled here, and nobody else's garbage collected.
import { type Contestant, checkOutcome, takeSample } from "./contestant.ts";
import type { Request } from "./team.ts";

const [contest, name] = process.argv.slice(2);
const { createContestants } = await import(contest!);
let contestant: Contestant | undefined;

async function answer(request: Request): Promise<unknown> {
  if ("repeat" in request) return takeSample(contestant!, request.repeat);
  const contestants: readonly Contestant[] = createContestants(request.workload);
  contestant = contestants.find((candidate) => candidate.name === name);
  if (contestant !== undefined) await checkOutcome(contestant);
  return { takesPart: contestant !== undefined };
}

process.on("message", async (request: Request) => {
  const reply = await answer(request);
  // When another contestant has ended the run, nobody listens any more.
  process.send?.(reply, () => {});
});
