/** Types, functions and a fetch client, written to a folder. */
export function writeWithHeyApi(document: string, folder: string): Promise<void>;
/** Types and functions that fetch, written to one file. */
export function writeWithOrval(document: string, file: string): Promise<void>;
