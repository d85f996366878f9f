import manifest from "../package.json" with { type: "json" };

/** Version of this package, as sent in `User-Agent`. */
export const version: string = manifest.version;
