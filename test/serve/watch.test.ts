import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { debounce, watchFolders } from "../../scripts/serve/watch.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** Watches a folder. @returns the folder, and a function that waits for a change that it makes to be seen. */
async function watched() {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "umem"));
  await mkdir(join(folder, "out"));
  await writeFile(join(folder, "umem/page.md"), "1");
  let changes = 0;
  const failures: Error[] = [];
  const stop = watchFolders(
    [folder],
    join(folder, "out"),
    () => {
      changes += 1;
    },
    (error) => failures.push(error),
  );
  onTestFinished(stop);
  const sees = async (change: () => Promise<unknown>) => {
    // Events of the previous change can still arrive.
    await new Promise((resolve) => setTimeout(resolve, 100));
    changes = 0;
    await change();
    await vi.waitFor(() => expect(changes).toBeGreaterThan(0), { timeout: 5000 });
    expect(failures).toEqual([]);
  };
  return { folder, sees, stop, count: () => changes };
}

test("files that are written, replaced and removed are seen, in new folders too", async () => {
  const { folder, sees } = await watched();
  const page = join(folder, "umem/page.md");
  await sees(() => writeFile(page, "2"));
  for (const text of ["3", "4"]) {
    // As editors save: a new file replaces the old one.
    await sees(async () => {
      await writeFile(join(folder, "umem/.page.swp"), text);
      await rename(join(folder, "umem/.page.swp"), page);
    });
  }
  await sees(() => writeFile(page, "5"));
  await sees(() => mkdir(join(folder, "new/inner"), { recursive: true }));
  await sees(() => writeFile(join(folder, "new/inner/page.md"), "1"));
  await sees(() => rm(page));
});

test("a folder that is replaced by another one is watched again", async () => {
  const { folder, sees } = await watched();
  await mkdir(join(folder, "out/umem"));
  await sees(async () => {
    await rm(join(folder, "umem"), { recursive: true });
    await rename(join(folder, "out/umem"), join(folder, "umem"));
  });
  await sees(() => writeFile(join(folder, "umem/page.md"), "2"));
});

test("hidden files and the output are not watched", async () => {
  const { folder, sees, count } = await watched();
  await sees(() => writeFile(join(folder, "umem/page.md"), "2"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = count();
  await writeFile(join(folder, "out/index.html"), "1");
  await writeFile(join(folder, ".staging"), "1");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(count()).toBe(before);
});

test("a task runs once after many changes, and again after a change while it runs", async () => {
  let runs = 0;
  let finish = () => {};
  const task = debounce(20, async () => {
    runs += 1;
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  for (let call = 0; call < 5; call += 1) task.run();
  await vi.waitFor(() => expect(runs).toBe(1));
  task.run();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(runs).toBe(1);
  finish();
  await vi.waitFor(() => expect(runs).toBe(2));
  finish();
  await task.stop();
});
