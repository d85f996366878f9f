import manifest from "../package.json" with { type: "json" };

/** The version of the generator, which is that of the runtime too: both are published together. */
export const version: string = manifest.version;
