/** How large one event may be when nothing else is asked for, in bytes. */
export const defaultMaxEventBytes = 16 * 1024 * 1024;
