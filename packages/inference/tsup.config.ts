import { build } from "../../tsup.base.ts";

const providers = ["runcrate", "crun", "vcita", "openai-compatible"];

export default build({
  entry: ["src/index.ts", ...providers.flatMap((name) => [`src/${name}.ts`, `src/${name}-operations.ts`])],
});
