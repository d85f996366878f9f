// Takes the steps in a runtime that has arguments and an output.
import { smoke } from "./smoke.ts";

console.log(JSON.stringify(await smoke(JSON.parse(process.argv[2] ?? "{}"))));
