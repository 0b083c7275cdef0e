import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { basename, join, resolve } from "node:path";

/**
 * Watches folders and their subfolders, one watcher each: on Linux, Node's own recursive watcher misses files that editors
 * replace.
 *
 * @param ignored folder inside them that is not watched.
 * @param changed called for each change of a file. Names that begin with `.` are ignored.
 * @param failed called with the error if a folder cannot be watched.
 * @returns a function that ends it.
 */
export function watchFolders(
  folders: readonly string[],
  ignored: string,
  changed: () => void,
  failed: (error: Error) => void,
): () => void {
  // By path and inode: a folder can be replaced by another one.
  const watchers = new Map<string, FSWatcher>();

  function update(): void {
    const found = new Map(folders.flatMap((folder) => foldersIn(resolve(folder), resolve(ignored))));
    for (const [key, watcher] of watchers) {
      if (found.has(key)) continue;
      watcher.close();
      watchers.delete(key);
    }
    for (const [key, path] of found) if (!watchers.has(key)) add(key, path);
  }

  function add(key: string, path: string): void {
    try {
      const watcher = watch(path, (_, name) => {
        if (name?.startsWith(".")) return;
        update();
        changed();
      });
      // Windows reports a watched folder that is removed as an error.
      watchers.set(key, watcher.on("error", update));
    } catch (error) {
      failed(error as Error);
    }
  }

  update();
  return () => {
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  };
}

/** A folder and its subfolders, by path and inode. */
function foldersIn(path: string, ignored: string): [key: string, path: string][] {
  if (path === ignored || basename(path).startsWith(".") || basename(path) === "node_modules") return [];
  try {
    const inner = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const own: [string, string] = [`${path}:${statSync(path).ino}`, path];
    return [own, ...inner.flatMap(({ name }) => foldersIn(join(path, name), ignored))];
  } catch {
    // It was removed meanwhile.
    return [];
  }
}

/**
 * Creates a function that runs a task some time after its last call. Tasks run one by one.
 *
 * @returns `run`, and `stop`, which waits for a task that is running.
 */
export function debounce(milliseconds: number, task: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  return {
    run() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(task);
      }, milliseconds);
    },
    async stop() {
      clearTimeout(timer);
      await running;
    },
  };
}
