import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Runcrate, Video } from "@hawser/inference/runcrate";
import type { API } from "./api.ts";
import type { Screen, Step } from "./screen.ts";
import { type Stop, takeSteps } from "./take-steps.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, ".hawser/tour");

interface Context {
  readonly client: Runcrate;
  readonly screen: Screen;
  readonly api: API;
  readonly signal: AbortSignal;
}

/** Walks through every operation of the inference surface. */
export async function takeInferenceTour(screen: Screen, api: API, signal: AbortSignal): Promise<Step[]> {
  // The built package, as a user imports it: it exists only since the build.
  const { Runcrate } = await import("@hawser/inference/runcrate");
  await mkdir(folder, { recursive: true });
  return await takeSteps(stops, { client: new Runcrate(api.inference), screen, api, signal });
}

const stops: readonly Stop<Context>[] = [
  [
    "List the models",
    async ({ client, screen, signal }) => {
      const { data } = await client.models.list({ signal });
      for (const { id } of data.slice(0, 6)) screen.line(`  ${id}`);
      return `${data.length} models`;
    },
  ],
  [
    "Ask a question",
    async ({ client, screen, signal }) => {
      const completion = await client.chat.completions.create(
        {
          model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
          messages: [{ role: "user", content: "Explain quantum computing in one sentence." }],
        },
        { signal },
      );
      screen.line(`  ${completion.choices[0]?.message.content ?? ""}`);
      return tokens(completion.usage?.total_tokens);
    },
  ],
  [
    "Ask it again, streamed",
    async ({ client, screen, signal }) => {
      const stream = await client.chat.completions.create(
        {
          model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
          messages: [{ role: "user", content: "Explain quantum computing in one sentence." }],
          stream: true,
        },
        { signal },
      );
      let chunks = 0;
      screen.write("  ");
      for await (const chunk of stream) {
        chunks += 1;
        screen.write(chunk.choices[0]?.delta.content ?? "");
      }
      const { reason } = await stream.end;
      return `${chunks} chunks, the stream is ${reason}`;
    },
  ],
  [
    "Watch a model reason",
    async ({ client, screen, signal }) => {
      const stream = await client.chat.completions.create(
        {
          model: "deepseek-ai/DeepSeek-R1",
          messages: [{ role: "user", content: "How many r are there in strawberry?" }],
          stream: true,
        },
        { signal },
      );
      let reasoned = 0;
      let answered = "";
      screen.write("  ");
      for await (const chunk of stream) {
        const delta = chunk.choices[0]?.delta;
        if (delta?.reasoning_content) {
          reasoned += delta.reasoning_content.length;
          screen.write(delta.reasoning_content, true);
        }
        if (delta?.content) {
          if (answered === "" && reasoned > 0) screen.write("\n  ");
          answered += delta.content;
          screen.write(delta.content);
        }
      }
      return `${reasoned} characters of reasoning`;
    },
  ],
  [
    "Let it use tools",
    async ({ client, screen, signal }) => {
      const { planTheDay } = await import("../../examples/weather-and-calendar/plan-the-day.ts");
      return await planTheDay(client, {
        line: (text) => screen.line(`  ${text}`),
        write: (text) => screen.write(text),
        approve: (call) => screen.ask(`May it call ${call.name} with ${call.arguments}?`),
        signal,
      });
    },
  ],
  [
    "Show it a picture",
    async ({ client, screen, signal }) => {
      const completion = await client.chat.completions.create(
        {
          model: "google/gemini-2.5-flash",
          messages: [
            {
              role: "user",
              content: [
                { type: "text", text: "What is in this image?" },
                { type: "image_url", image_url: { url: "https://example.com/photo.jpg" } },
              ],
            },
          ],
        },
        { signal },
      );
      screen.line(`  ${completion.choices[0]?.message.content ?? ""}`);
      return tokens(completion.usage?.total_tokens);
    },
  ],
  [
    "Embed a sentence",
    async ({ client, signal }) => {
      const { data } = await client.embeddings.create(
        { model: "BAAI/bge-m3", input: "A hawser is a thick rope for mooring a ship." },
        { signal },
      );
      return `a vector of ${data[0]?.embedding.length ?? 0}`;
    },
  ],
  [
    "Make an image",
    async ({ client, signal }) => {
      const { data } = await client.images.generate(
        {
          model: "black-forest-labs/FLUX.1-schnell",
          prompt: "A lighthouse on a cliff at dawn, oil painting",
          response_format: "b64_json",
        },
        { signal },
      );
      const [image] = data;
      if (image?.b64_json === undefined) return image?.url ?? "no image";
      return save("image.png", Buffer.from(image.b64_json, "base64"));
    },
  ],
  [
    "Make a video",
    async ({ client, screen, api, signal }) => {
      const job = await client.videos.create(
        {
          model: "Wan-AI/Wan2.2-T2V-A14B",
          prompt: "A sailing boat leaves a harbour at dawn",
          duration_seconds: 5,
        },
        { signal },
      );
      const video = await follow(job, { client, screen, api, signal });
      if (video.status !== "completed")
        throw new Error(`The video job ${video.id} ended as ${video.status}.`);
      const download = await client.videos.download(video.id, { signal });
      return save("video.mp4", await download.bytes());
    },
  ],
  [
    "Speak",
    async ({ client, signal }) => {
      const speech = await client.audio.speech.create(
        { model: "hexgrad/Kokoro-82M", input: "All hands on deck!", voice: "af_heart" },
        { signal },
      );
      return save("speech.mp3", await speech.bytes());
    },
  ],
  [
    "Write down what was said",
    async ({ client, screen, signal }) => {
      const file = new File([await readFile(join(folder, "speech.mp3"))], "speech.mp3", {
        type: "audio/mpeg",
      });
      const transcription = await client.audio.transcriptions.create(
        { model: "openai/whisper-large-v3", file },
        { signal },
      );
      screen.line(`  ${transcription.text}`);
      return `${transcription.text.split(" ").length} words`;
    },
  ],
];

/** Looks at the job until it is over, a bar showing how far it is. */
async function follow(job: Video, { client, screen, api, signal }: Context): Promise<Video> {
  const looks = api.real ? 60 : 5;
  const bar = screen.bar(`Video job ${job.id}`, looks);
  let video = job;
  while (video.status === "queued" || video.status === "processing") {
    await sleep(api.pollInterval, undefined, { signal });
    video = await client.videos.retrieve(video.id, { signal });
    bar.advance(`${video.status}`);
  }
  bar.stop(`Video job ${job.id}: ${video.status}`);
  return video;
}

async function save(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return `${bytes.byteLength} bytes in ${relative(root, path)}`;
}

function tokens(total: number | undefined): string {
  return total === undefined ? "answered" : `${total} tokens`;
}
