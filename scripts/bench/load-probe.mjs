// Makes many calls at a time and prints what failed and how much memory was in use; run with --expose-gc.
const [program, baseUrl, credentials, calls, concurrency] = process.argv.slice(2);
const { default: make } = await import(program);
const call = make(undefined, JSON.parse(credentials), baseUrl);
const failures = new Map();
const memory = [];

function look() {
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  memory.push({ heap: heapUsed / 1e6, rss: rss / 1e6 });
}

async function calling(count) {
  let open = count;
  const lane = async () => {
    while (open-- > 0) {
      await call().catch(({ name, message }) => {
        const line = `${name}: ${message}`;
        failures.set(line, (failures.get(line) ?? 0) + 1);
      });
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, lane));
}

// What a platform loads and sets up once is no growth.
await calling(Number(concurrency) * 5);
look();
const started = performance.now();
await calling(Math.ceil(calls / 2));
const half = performance.now();
look();
const again = performance.now();
await calling(Math.floor(calls / 2));
const seconds = (half - started + performance.now() - again) / 1000;
look();
console.log(JSON.stringify({ seconds, failures: [...failures], memory }));
process.exit();
