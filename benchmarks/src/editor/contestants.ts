import { join } from "node:path";
import type { Contestant } from "../contestant.ts";
import { openEditor } from "./language-service.ts";

/** A client someone writes a call with, in a file of its own. */
interface Draft {
  /** The call, with `|` where the cursor stands. */
  readonly call: string;
  /** Some of what has to be offered there. */
  readonly offers: readonly string[];
}

/** One place in a call, and how it looks with each client. */
export interface Situation {
  /** Where the clients are, as `writeClients` left them. */
  readonly folder: string;
  /** The name of the generated client. */
  readonly client: string;
  readonly hawser: Draft;
  readonly openapiFetch: Draft;
}

/** The names of all contestants, ours first. */
export const editors = ["hawser", "openapi-fetch"] as const;

/** A language service for each client, asked for completions after every change of the file. */
export function createContestants({ folder, client, hawser, openapiFetch }: Situation): Contestant[] {
  const drafts: readonly [(typeof editors)[number], string, Draft][] = [
    ["hawser", `import { ${client} } from "./index.js";\nconst client = new ${client}();\n`, hawser],
    [
      "openapi-fetch",
      'import createClient from "openapi-fetch";\nimport type { paths } from "./schema.js";\nconst client = createClient<paths>();\n',
      openapiFetch,
    ],
  ];
  return drafts.map(([name, head, { call, offers }]) => {
    const editor = openEditor(join(folder, name), `${head}export const answer = await ${call};\n`);
    return {
      name,
      run: async () => {
        const offered = new Set(editor.complete());
        return offers.filter((offer) => offered.has(offer)).join(", ");
      },
      expected: offers.join(", "),
    };
  });
}
