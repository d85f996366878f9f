/** What needs a file system: `import { writeToFile } from "@hawser/runtime/node"`. */
export { writeToFile } from "./write-to-file.node.ts";
