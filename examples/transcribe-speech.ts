// Speech to text, once as data and once as subtitles.
import { openAsBlob } from "node:fs";
import { Runcrate } from "@hawser/inference/runcrate";

const runcrate = new Runcrate();
const file = await openAsBlob("speech.mp3", { type: "audio/mpeg" });
const { text } = await runcrate.audio.transcriptions.create({ model: "openai/whisper-large-v3", file });
console.log(text);
const subtitles = await runcrate.audio.transcriptions.create({
  model: "openai/whisper-large-v3",
  file,
  response_format: "srt",
});
console.log(subtitles);
