import { readFile } from "node:fs/promises";
import { DownloadError, type DownloadOptions } from "@dezai/core/node";
import fc from "fast-check";
import { expect, test } from "vitest";
import { download, randomFile } from "../../support/downloads.js";
import { cut, fileServer, type Visit } from "../../support/file-server.js";
import { temporaryFolder } from "../../support/spec-folder.js";

/** Options of a download, and the content of a complete file. */
interface Target {
  readonly options: DownloadOptions;
  readonly read: (file: string) => Buffer | Promise<Buffer>;
}

const toFile = (directory: string): Target => ({ options: { directory }, read: (file) => readFile(file) });

function toStream(): Target {
  let complete = Buffer.alloc(0);
  const sink = () => {
    const chunks: Uint8Array[] = [];
    return new WritableStream<Uint8Array>({
      write: (chunk) => void chunks.push(chunk),
      close() {
        complete = Buffer.concat(chunks);
      },
    });
  };
  return { options: { sink }, read: () => complete };
}

/** Behaviors of a server for one request. Further requests are served correctly. */
const behaviors = ["serve", "cut", "ignore", "fail", "refuse", "replace", "join"] as const;

test.each(["file", "stream"])(
  "a complete %s is one version of the remote file, whatever the server does",
  async (target) => {
    const tag = (version: number) => ({ ETag: `"${version}"` });
    let versions: Buffer[] = [];
    let plan: (readonly [behavior: (typeof behaviors)[number], share: number])[] = [];
    const act = (visit: Visit) => {
      const [behavior, share] = plan.shift() ?? ["serve", 0];
      if (behavior === "replace") versions.push(randomFile(versions[0]?.length ?? 0));
      const version = versions.length - 1;
      const bytes = versions[version] as Buffer;
      const after = Math.floor(share * bytes.length);
      if (behavior === "serve") visit.serve(bytes, tag(version));
      else if (behavior === "fail") visit.response.writeHead(500).end();
      else if (behavior === "refuse") visit.response.writeHead(403).end();
      else if (behavior === "ignore")
        visit.response.writeHead(200, { ...tag(version), "Content-Length": bytes.length }).end(bytes);
      else if (behavior === "join" && visit.range !== undefined) {
        // Sends a range of the current version and ignores `If-Range`.
        const start = Number(/\d+/.exec(visit.range)?.[0]);
        const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
        visit.response.writeHead(206, { ...tag(version), "Content-Range": range }).end(bytes.subarray(start));
      } else cut(visit, bytes, after, tag(version));
    };
    const server = await fileServer(act);
    let round = 0;
    let complete = 0;
    const step = fc.tuple(fc.constantFrom(...behaviors), fc.double({ min: 0, max: 1, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 7 }), async (steps) => {
        versions = [randomFile(5000)];
        plan = [...steps];
        round += 1;
        const { options, read } = target === "file" ? toFile(await temporaryFolder()) : toStream();
        let calls = 0;
        const source = async () => {
          calls += 1;
          return [`${server.origin}/${round}.rdb?Signature=${calls}`];
        };
        // The second download resumes the first, if that wrote files.
        for (const maxRetries of [1, 3]) {
          const files = await download(source, { ...options, maxRetries }).catch((error: unknown) => {
            expect(error).toBeInstanceOf(DownloadError);
            return [];
          });
          if (files.length === 0) continue;
          const content = await read(files[0]?.file ?? "");
          expect(versions.some((version) => version.equals(content))).toBe(true);
          complete += 1;
          return;
        }
      }),
      { numRuns: 60 },
    );
    expect(complete).toBeGreaterThan(30);
  },
);
