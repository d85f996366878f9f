/** The names of `index.node.ts` for runtimes without a file system. */
export { writeToFile } from "./write-to-file.ts";
