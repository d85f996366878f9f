// A video: submit the job, look at it until it is over, download.
import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Runcrate } from "@hawser/inference/runcrate";

const runcrate = new Runcrate();
const interval = process.env.RUNCRATE_BASE_URL?.includes("127.0.0.1") ? 50 : 5_000;
let video = await runcrate.videos.create({
  model: "Wan-AI/Wan2.2-T2V-A14B",
  prompt: "A boat leaves a harbour at dawn",
});
while (video.status === "queued" || video.status === "processing") {
  await sleep(interval);
  video = await runcrate.videos.retrieve(video.id);
  console.log(video.status);
}
const download = await runcrate.videos.download(video.id);
await writeFile("video.mp4", await download.bytes());
