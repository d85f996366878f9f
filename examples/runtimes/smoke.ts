import { AbortError, NotFoundError, Runcrate, TimeoutError } from "@hawser/inference/runcrate";
import { RuncrateInfrastructure } from "@hawser/infrastructure/runcrate";
import { defineTool, jsonSchema, parse, runTools } from "@hawser/tools";

/** Where the servers are that the program talks to. */
export interface Endpoints {
  readonly inference: string;
  readonly infrastructure: string;
  /** A model that calls two tools, answers, and answers with JSON. */
  readonly model: string;
  /** Answers once the server of `inference` saw its last client leave. */
  readonly left: string;
}

/** How a step went; `problem` is absent when it went well. */
export interface Outcome {
  readonly step: string;
  readonly problem?: string;
}

const model = "meta-llama/Meta-Llama-3.1-8B-Instruct";
const messages = [{ role: "user" as const, content: "Explain quantum computing in one sentence." }];
const question = { model, messages, stream: true as const };
const prefer = (preference: string) => ({ headers: { prefer: preference } });

/** What a client has to do in every runtime, each against a real server. */
const steps: Readonly<Record<string, (endpoints: Endpoints) => Promise<void>>> = {
  async "a call"({ inference }) {
    const { data } = await connect(inference).models.list();
    expect(data.length > 0, "there are models");
  },

  async "a streamed chat, as text"({ inference }) {
    const stream = await connect(inference).chat.completions.create(question);
    let text = "";
    for await (const piece of stream.text()) text += piece;
    expect(text.length > 20, `the text is ${JSON.stringify(text)}`);
    expect((await stream.end).reason === "complete", "the stream is complete");
  },

  async "a streamed chat, as a completion"({ inference }) {
    const stream = await connect(inference).chat.completions.create(question);
    const completion = await stream.finalCompletion();
    expect(completion.choices[0]?.finish_reason === "stop", "the completion is finished");
  },

  async "leaving a stream midway closes the socket"({ inference, left }) {
    const stream = await connect(inference).chat.completions.create(question, prefer("stall=700"));
    const error = await rejection(async () => {
      for await (const _chunk of stream) stream.abort(new Error("That is enough."));
    });
    expect(error instanceof AbortError, `an AbortError is thrown, not ${error}`);
    expect((await (await fetch(left)).text()) === "client left", "the server saw the client leave");
  },

  async "a typed error"({ inference }) {
    const error = await rejection(() => connect(inference).videos.retrieve("none", prefer("code=404")));
    expect(error instanceof NotFoundError && error.status === 404, `a NotFoundError is thrown, not ${error}`);
  },

  async "a retry"({ inference }) {
    const call = connect(inference).chat.completions.create({ model, messages }, prefer("scene=recovers"));
    const { attempts, data } = await call.withResponse();
    expect(attempts === 2 && data.choices.length === 1, `it took ${attempts} attempts`);
  },

  async "a timeout"({ inference }) {
    const runcrate = connect(inference).withOptions({ timeout: { idle: 150 } });
    const stream = await runcrate.chat.completions.create(question, prefer("stall=700"));
    const error = await rejection(() => stream.finalCompletion());
    expect(error instanceof TimeoutError && error.clock === "idle", `a TimeoutError is thrown, not ${error}`);
  },

  async "an upload"({ inference }) {
    const file = new Blob([new Uint8Array(100_000)], { type: "audio/mpeg" });
    const request = { model: "openai/whisper-large-v3", file };
    const { text } = await connect(inference).audio.transcriptions.create(request);
    expect(text.length > 0, "there is a transcription");
  },

  async "a list over pages"({ infrastructure }) {
    const runcrate = rent(infrastructure).withOptions(prefer("scene=pages"));
    let pages = 0;
    let items = 0;
    for await (const page of runcrate.billing.transactions.list().pages()) {
      pages += 1;
      items += page.items.length;
    }
    expect(pages === 3 && items > 2, `there are ${items} items on ${pages} pages`);
  },

  async "a creation that is waited for"({ infrastructure }) {
    const states: unknown[] = [];
    const instance = await rent(infrastructure).instances.createAndWait(
      { name: "smoke", instance_type_id: "any" },
      { delay: { minimum: 1, maximum: 5 }, onProgress: ({ state }) => void states.push(state) },
    );
    expect(instance.id !== "" && states.length > 1, `it went through ${states.join(", ")}`);
  },

  async "a model that calls two tools"({ model: url }) {
    const called: string[] = [];
    const tool = (name: string) =>
      defineTool({
        name,
        parameters: jsonSchema<{ city: string }>({
          type: "object",
          properties: { city: { type: "string" } },
          required: ["city"],
        }),
        execute({ city }) {
          called.push(`${name} ${city}`);
          return { city };
        },
      });
    const tools = [tool("weather"), tool("calendar")];
    const { text } = await runTools(connect(url).chat.completions, { model, messages, tools });
    expect(called.sort().join() === "calendar Oslo,weather Oslo", `it called ${called.join()}`);
    expect(text === "Take a coat.", `it said ${text}`);
  },

  async "an answer of a form"({ model: url }) {
    const schema = jsonSchema<{ sky: string }>({
      type: "object",
      properties: { sky: { type: "string" } },
      required: ["sky"],
      additionalProperties: false,
    });
    const { value } = await parse(connect(url).chat.completions, { model, messages, schema });
    expect(value.sky === "rain", `it is ${JSON.stringify(value)}`);
  },
};

/** Takes every step, one after the other, whatever becomes of those before. */
export async function smoke(endpoints: Endpoints): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [step, take] of Object.entries(steps)) {
    try {
      await take(endpoints);
      outcomes.push({ step });
    } catch (error) {
      outcomes.push({
        step,
        problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }
  return outcomes;
}

function connect(baseURL: string): Runcrate {
  return new Runcrate({ apiKey: "any", baseURL, dangerouslyAllowBrowser: true });
}

function rent(baseURL: string): RuncrateInfrastructure {
  return new RuncrateInfrastructure({ apiKey: "any", baseURL, dangerouslyAllowBrowser: true });
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Expected otherwise: ${what}.`);
}

async function rejection(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  return new Error("nothing was thrown");
}
