import { Runcrate } from "@hawser/inference/runcrate";
import OpenAI from "openai";
import createClient from "openapi-fetch";
import type { Contestant } from "../contestant.ts";
import { models } from "./models.ts";

interface ModelList {
  readonly data: { readonly id: string }[];
}

/** The document of the server, as openapi-typescript would write it. */
interface Paths {
  "/models": {
    get: { responses: { 200: { content: { "application/json": ModelList } } } };
  };
}

const apiKey = "none";

function joinIds(list: ModelList): string {
  return list.data.map(({ id }) => id).join();
}

/** All who ask for the list of models and read it, as they come, without options of their own; bare `fetch` first. */
export function createContestants({ baseURL }: { readonly baseURL: string }): Contestant[] {
  const headers = { authorization: `Bearer ${apiKey}` };
  const openapiFetch = createClient<Paths>({ baseUrl: baseURL, headers });
  const openAI = new OpenAI({ baseURL, apiKey });
  const runcrate = new Runcrate({ baseURL, apiKey });
  const caller = (name: string, call: () => Promise<ModelList>): Contestant => ({
    name,
    run: async () => joinIds(await call()),
    expected: joinIds({ data: models }),
  });
  return [
    caller("fetch", async () => (await fetch(`${baseURL}/models`, { headers })).json() as Promise<ModelList>),
    caller("openapi-fetch", async () => (await openapiFetch.GET("/models")).data!),
    caller("hawser", () => runcrate.models.list()),
    caller("openai", () => openAI.models.list()),
  ];
}
