import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { openGitHubDocument } from "../generation/sources.ts";
import { measure } from "../measure.ts";
import type { Part, Workload } from "../report.ts";
import { startTeam } from "../team.ts";
import { writeClients } from "./clients.ts";
import { editors, type Situation } from "./contestants.ts";

const place = "/repos/{owner}/{repo}/issues";
const path = '{ owner: "octocat", repo: "hello" }';

/** What is being written when the editor is asked. */
const situations: Readonly<Record<string, Omit<Situation, "folder" | "client">>> = {
  "query parameters": {
    hawser: {
      call: 'client.repos.issues.list("octocat", "hello", { | })',
      offers: ["milestone", "state", "assignee", "labels", "sort", "per_page"],
    },
    openapiFetch: {
      call: `client.GET("${place}", { params: { path: ${path}, query: { | } } })`,
      offers: ["milestone", "state", "assignee", "labels", "sort", "per_page"],
    },
  },
  "members of the body": {
    hawser: {
      call: 'client.repos.issues.create("octocat", "hello", { | })',
      offers: ["title", "body", "milestone", "labels", "assignees"],
    },
    openapiFetch: {
      call: `client.POST("${place}", { params: { path: ${path} }, body: { | } })`,
      offers: ["title", "body", "milestone", "labels", "assignees"],
    },
  },
  "members of the answer": {
    hawser: {
      call: '(await client.repos.issues.list("octocat", "hello"))[0]?.|',
      offers: ["title", "state", "assignee", "labels"],
    },
    openapiFetch: {
      call: `(await client.GET("${place}", { params: { path: ${path} } })).data?.[0]?.|`,
      offers: ["title", "state", "assignee", "labels"],
    },
  },
  "the call itself": {
    hawser: { call: "client.repos.issues.|", offers: ["list", "create", "retrieve", "update"] },
    openapiFetch: { call: 'client.GET("|", {})', offers: [place, `${place}/{issue_number}`] },
  },
};

/** How long an editor takes to offer what comes next in a call of GitHub's API, after each letter that is typed. */
export async function measureEditor(): Promise<Part> {
  // Inside of this package, so that what the clients import is found.
  const results = join(import.meta.dirname, "../../.results");
  await mkdir(results, { recursive: true });
  const folder = await mkdtemp(join(results, "editor-"));
  try {
    await writeClients(folder, await openGitHubDocument(folder));
    using team = startTeam(new URL("./contestants.ts", import.meta.url), editors);
    const workloads: Workload[] = [];
    for (const [name, situation] of Object.entries(situations)) {
      const workload: Situation = { ...situation, folder, client: "GitHub" };
      const options = { rounds: 9, repeat: 3, warmUp: 2 };
      workloads.push({ name, units: 1, measurements: await measure(team, workload, options) });
    }
    return {
      name: "editor",
      caption: "Editor: from a letter typed to the completions, in a call of GitHub's API.",
      header: ["what is completed", "client", "clock", "CPU", "ratio", "lowest", "highest"],
      rows: workloads.flatMap((workload) =>
        workload.measurements.map(({ contestant, wall, cpu, ratio, spread }) => [
          workload.name,
          contestant,
          `${wall.toFixed(0)} ms`,
          `${cpu.toFixed(0)} ms`,
          ...[ratio, ...spread].map((value) => value.toFixed(1)),
        ]),
      ),
      workloads,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
