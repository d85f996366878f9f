import { build } from "../../tsup.base.ts";

export default build({ entry: ["src/runcrate.ts", "src/runcrate-operations.ts"] });
