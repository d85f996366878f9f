import { build } from "../../tsup.base.ts";

export default build({ entry: ["src/index.ts", "src/index.node.ts", "src/index.no-node.ts"] });
