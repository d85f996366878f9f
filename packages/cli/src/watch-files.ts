import { type FSWatcher, watch } from "node:fs";
import { dirname, join } from "node:path";

/** Saving touches a file several times; milliseconds of quiet make it one change. */
const quiet = 60;

/** Files that are watched. */
export interface FileWatcher {
  /** Rejects when what is done about a change fails. */
  readonly failed: Promise<never>;
  /** Stops watching, and waits for what is being done. */
  readonly close: () => Promise<void>;
}

/**
 * Calls `changed` with the files that changed, one call at a time. Folders are watched instead of files, since an
 * editor that saves may put a new file in the place of the old one.
 *
 * @param files the files that count, asked for again after every change
 */
export function watchFiles(
  files: () => readonly string[],
  changed: (files: ReadonlySet<string>) => Promise<void>,
): FileWatcher {
  const watchers = new Map<string, FSWatcher>();
  let reject: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_resolve, fail) => {
    reject = fail;
  });
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();

  const look = () => {
    const folders = new Set(files().map((file) => dirname(file)));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (!watchers.has(folder))
        watchers.set(folder, watch(folder, (_event, name) => note(folder, name)).on("error", reject));
    }
  };
  const note = (folder: string, name: string | null) => {
    const touched = files().filter((file) =>
      name === null ? dirname(file) === folder : file === join(folder, name),
    );
    if (touched.length === 0) return;
    for (const file of touched) waiting.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(flush).catch(reject);
    }, quiet);
  };
  const flush = async () => {
    const now = waiting;
    waiting = new Set();
    if (now.size === 0) return;
    await changed(now);
    look();
  };

  look();
  return {
    failed,
    async close() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      await running;
    },
  };
}
