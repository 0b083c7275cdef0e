import { readdir, readlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { ConfigurationError } from "@dezai/core";
import { type DownloadProgress, downloadLinks } from "@dezai/core/node";
import { describe, expect, test } from "vitest";
import { download, expectFiles, randomFile, visibleFiles } from "../../support/downloads.js";
import { cut, fileServer, stall } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const bytes = randomFile(300_000);

describe("a download", () => {
  test("returns the files in the order of the links, reports progress and leaves no other files", async () => {
    const files = [randomFile(200_000), randomFile(0), randomFile(1)];
    const server = await fileServer(({ path, response, serve }) => {
      // The first file is sent last.
      const number = Number(path.at(-5));
      setTimeout(() => (response.destroyed ? undefined : serve(files[number] as Buffer)), 60 - number * 30);
    });
    const directory = join(await temporaryFolder(), "not", "there", "yet");
    const seen: DownloadProgress[] = [];
    const done = await download(
      files.map((_, index) => `${server.origin}/b/shard-${index}.rdb?Signature=abcd`),
      { directory, onProgress: (progress) => seen.push(progress) },
    );
    expect(done.map(({ file, size }) => [basename(file), size])).toEqual([
      ["shard-0.rdb", 200_000],
      ["shard-1.rdb", 0],
      ["shard-2.rdb", 1],
    ]);
    await expectFiles(directory, Object.fromEntries(files.map((one, index) => [`shard-${index}.rdb`, one])));
    const ofFirst = seen.filter(({ shard }) => shard === 0).map(({ received }) => received);
    expect(ofFirst).toEqual([...ofFirst].sort((a, b) => a - b));
    expect([ofFirst[0], ofFirst.at(-1)]).toEqual([0, 200_000]);
    expect(seen.filter(({ shard }) => shard === 0).every(({ total }) => total === 200_000)).toBe(true);
    expect(server.visits.every(({ request }) => request.headers["accept-encoding"] === "identity")).toBe(
      true,
    );
  });

  test("runs as many downloads at once as `concurrency` allows", async () => {
    const server = await fileServer(({ serve }) => setTimeout(() => serve(bytes.subarray(0, 1000)), 50));
    const links = Array.from({ length: 20 }, (_, index) => `${server.origin}/${index}.rdb`);
    const directory = await temporaryFolder();
    expect(await download(links, { directory, concurrency: 3 })).toHaveLength(20);
    expect(server.maxConcurrency()).toBe(3);
    expect(await visibleFiles(directory)).toHaveLength(20);
  });

  test("runs four downloads at once by default", async () => {
    const server = await fileServer(({ serve }) => setTimeout(() => serve(bytes.subarray(0, 10)), 100));
    const links = Array.from({ length: 9 }, (_, index) => `${server.origin}/${index}.rdb`);
    await download(links, { directory: await temporaryFolder() });
    expect(server.maxConcurrency()).toBe(4);
  });

  test("leaves no open file, timer or listener", async () => {
    const server = await fileServer((visit) =>
      visit.turn === 1 ? cut(visit, bytes, 1000) : visit.serve(bytes),
    );
    const directory = await temporaryFolder();
    // On a platform without this directory, only warnings and listeners are checked.
    const opened = async () => {
      const fds = await readdir("/proc/self/fd").catch(() => []);
      const targets = await Promise.all(fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
      return targets.filter((target) => target.startsWith(directory));
    };
    const links = Array.from({ length: 15 }, (_, index) => `${server.origin}/${index}.rdb`);
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on("warning", warn);
    const { signal } = new AbortController();
    const listeners: unknown[] = [];
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners.push(args[1]);
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners.splice(listeners.indexOf(args[1]), 1);
      remove(...args);
    };
    await download(links, { directory, concurrency: 15, signal });
    expect(await opened()).toEqual([]);
    expect(listeners).toEqual([]);
    process.off("warning", warn);
    expect(warnings).toEqual([]);
  });

  test.each([
    [{ directory: "" }, "directory"],
    [{ concurrency: 0 }, "concurrency"],
    [{ concurrency: 1.5 }, "concurrency"],
    [{ maxRetries: -1 }, "maxRetries"],
    [{ stallTimeout: Number.NaN }, "stallTimeout"],
  ])("rejects %j before it requests links", async (wrong, name) => {
    let asked = 0;
    const source = async () => {
      asked += 1;
      return [];
    };
    const error = await downloadLinks(source, { directory: "unused", ...wrong }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain(name);
    expect(asked).toBe(0);
  });
});

test("an exception in onProgress stops all downloads and is passed on", async () => {
  const server = await fileServer((visit) =>
    visit.path === "/b.rdb" ? stall(visit, bytes, 10) : visit.serve(bytes),
  );
  const mistake = new Error("a bug");
  const work = download([`${server.origin}/a.rdb`, `${server.origin}/b.rdb`], {
    directory: await temporaryFolder(),
    onProgress: ({ shard, received }) => {
      if (shard === 0 && received > 1000) throw mistake;
    },
  });
  await expect(work).rejects.toBe(mistake);
});
