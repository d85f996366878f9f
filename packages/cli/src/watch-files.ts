import { existsSync, type FSWatcher, watch } from "node:fs";
import { dirname, join, sep } from "node:path";

/** Saving touches a file several times; milliseconds of quiet make it one change. */
const quiet = 60;

/** Files that are watched. */
export interface FileWatcher {
  /** Resolves when all has been done for the first time; rejects when that or what is done about a change fails. */
  readonly begun: Promise<void>;
  /** Rejects when what is done about a change fails. */
  readonly failed: Promise<never>;
  /** Stops watching, and waits for what is being done. */
  readonly close: () => Promise<void>;
}

/**
 * Calls `changed` once, and then with the files that changed or appeared, one call at a time. Folders are watched
 * instead of files, since an editor that saves may put a new file in the place of the old one; for a file whose folder
 * isn't there yet that is the nearest one above.
 *
 * @param files the files that count, asked for again after every change
 */
export function watchFiles(
  files: () => readonly string[],
  changed: (files?: ReadonlySet<string>) => Promise<void>,
): FileWatcher {
  const watchers = new Map<string, FSWatcher>();
  let reject: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_resolve, fail) => {
    reject = fail;
  });
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = () => {
    const folders = new Set(files().map(nearestFolder));
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
    const place = name === null ? folder : join(folder, name);
    const touched = files().filter((file) => file === place || file.startsWith(place + sep));
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
    if (now.size > 0) await act(now);
  };
  const act = async (now?: ReadonlySet<string>) => {
    // Before too: what appears in a new folder while this is done would be missed.
    look();
    await changed(now);
    look();
  };

  const begun = act();
  let running = begun.catch(() => {});
  return {
    begun,
    failed,
    async close() {
      clearTimeout(timer);
      await running;
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

/** The folder of a file, or the nearest one above it that is there. */
function nearestFolder(file: string): string {
  let folder = dirname(file);
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}
