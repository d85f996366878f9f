// What went wrong, without a try: the result is narrowed by status.
import { Runcrate } from "@hawser/inference/runcrate";

const runcrate = new Runcrate({ maxRetries: 0 });
const result = await runcrate.videos.retrieve("unknown", { headers: { prefer: "code=404" } }).result();
if (result.ok) console.log(result.data.status);
else if (result.status === 404) console.log(`There is no such video: ${result.error.message}`);
else throw result.error;
