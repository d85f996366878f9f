/** How large one event may be when nothing else is asked for, in bytes. */
export const defaultMaxEventBytes = 16 * 1024 * 1024;

/** How deeply the events of responses and messages, and the inputs of their tools, may be nested. */
export const maxDepth = 512;
