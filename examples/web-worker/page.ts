import type { Backups } from "./worker.js";

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

worker.addEventListener("message", ({ data }: MessageEvent<Backups>) => {
  const lines =
    "error" in data ? [data.error] : data.backups.map(({ BackupName, State }) => `${BackupName}: ${State}`);
  document.body.innerText = lines.join("\n");
});

worker.postMessage("umem-1");
