// Makes many concurrent calls and prints failures and memory as JSON. Run with --expose-gc.
const [program, baseUrl, credentials, calls, concurrency] = process.argv.slice(2);
const { default: createCall } = await import(program);
const call = createCall(undefined, JSON.parse(credentials), baseUrl);
const failures = new Map();
const memory = [];

function recordMemory() {
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  memory.push({ heap: heapUsed / 1e6, rss: rss / 1e6 });
}

async function makeCalls(count) {
  let left = count;
  const lane = async () => {
    while (left-- > 0) {
      await call().catch(({ name, message }) => {
        const key = `${name}: ${message}`;
        failures.set(key, (failures.get(key) ?? 0) + 1);
      });
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, lane));
}

// Memory that the platform allocates once is not growth.
await makeCalls(Number(concurrency) * 5);
recordMemory();
const started = performance.now();
await makeCalls(Math.ceil(calls / 2));
const seconds = (performance.now() - started) / 1000;
recordMemory();
const resumed = performance.now();
await makeCalls(Math.floor(calls / 2));
const total = seconds + (performance.now() - resumed) / 1000;
recordMemory();
console.log(JSON.stringify({ seconds: total, failures: [...failures], memory }));
process.exit();
