/** Iterates the `fullStream` of `streamText`, with the provider for OpenAI-compatible servers, and gives its text. */
export declare function readWithAI(response: Response): Promise<string>;
