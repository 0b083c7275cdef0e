import { AsyncLocalStorage } from "node:async_hooks";
import { createClient, describeUMemBackupURLOperation } from "@dezai/umem";
import { openTelemetry } from "@dezai/umem/telemetry";
import { createFakeGateway, fail, httpResponse, networkError, throttled } from "@dezai/umem/testing";
import {
  type Context,
  context,
  metrics,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { params } from "../support/failure.js";

const links = { BackupURL: ["https://backup.example.com/secret-link"] };
const spans = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });

/** Propagates the context across awaits, as the context manager for Node does. */
function propagateContext(): void {
  const storage = new AsyncLocalStorage<Context>();
  context.setGlobalContextManager({
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, work, self, ...given) => storage.run(active, () => work.call(self as never, ...given)),
    bind: (_, target) => target,
    enable() {
      return this;
    },
    disable() {
      return this;
    },
  });
}

function measured() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  return {
    provider,
    async points() {
      await provider.forceFlush();
      const scopes = exporter.getMetrics().at(-1)?.scopeMetrics ?? [];
      return scopes.flatMap(({ scope, metrics: own }) =>
        own.flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => ({
            scope: scope.name,
            ...descriptor,
            attributes,
            value,
          })),
        ),
      );
    },
  };
}

beforeEach(() => {
  spans.reset();
  propagateContext();
});
afterEach(() => {
  context.disable();
  trace.disable();
  metrics.disable();
});

const textOf = (span: ReadableSpan | undefined) =>
  JSON.stringify([span?.name, span?.attributes, span?.events, span?.status]);

describe("a span of a call", () => {
  test("has the action and the outcome", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, links);
    const client = createClient({ ...gateway.clientOptions, observe: openTelemetry({ tracerProvider }) });
    await client.describeUMemBackupURL(params);
    const [span, ...others] = spans.getFinishedSpans();
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: "DescribeUMemBackupURL",
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      events: [],
      instrumentationScope: { name: "@dezai/umem", version: "0.1.0" },
    });
    expect(span?.attributes).toEqual({
      "rpc.system": "dezai",
      "rpc.service": "umem",
      "rpc.method": "DescribeUMemBackupURL",
      "server.address": "api.dezai.com",
      "http.request.method": "GET",
      "dezai.attempts": 1,
      "dezai.request_id": "fake-1",
      "dezai.ret_code": 0,
    });
  });

  test("has an event for each retry", async () => {
    const gateway = createFakeGateway().on(
      describeUMemBackupURLOperation,
      throttled(),
      networkError(),
      httpResponse(502, "<html>"),
      links,
    );
    const client = createClient({
      ...gateway.clientOptions,
      retryDelay: () => 2,
      baseUrl: "http://[::1]:8080/",
      observe: openTelemetry({ tracerProvider }),
    });
    await client.describeUMemBackupURL(params);
    const [span] = spans.getFinishedSpans();
    expect(span?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        "retry",
        {
          "error.type": "RequestThrottled",
          "dezai.request_id": "fake-1",
          "dezai.attempt": 1,
          "dezai.retry_delay": 0.002,
        },
      ],
      ["retry", { "error.type": "NetworkError", "dezai.attempt": 2, "dezai.retry_delay": 0.002 }],
      [
        "retry",
        { "error.type": "502", "dezai.request_id": "fake-3", "dezai.attempt": 3, "dezai.retry_delay": 0.002 },
      ],
    ]);
    expect(span?.attributes).toMatchObject({
      "server.address": "::1",
      "server.port": 8080,
      "dezai.attempts": 4,
    });
    expect(span?.status.code).toBe(SpanStatusCode.UNSET);
  });

  test.each<
    [what: string, response: ReturnType<typeof fail>, type: string, message: RegExp, retCode: unknown]
  >([
    [
      "a RetCode",
      fail(230, "Params [SpaceId=space] not available"),
      "InvalidParameter",
      /^RetCode 230 \(InvalidParameter\)\. [A-Z]/,
      230,
    ],
    ["an unknown RetCode", fail(77_777, "space"), "77777", /^RetCode 77777\.$/, 77_777],
    [
      "a proxy's page",
      httpResponse(403, "<html>space</html>"),
      "403",
      /^DescribeUMemBackupURL: HTTP 403/,
      undefined,
    ],
    ["a network error", networkError("ECONNREFUSED"), "NetworkError", /ECONNREFUSED/, undefined],
  ])("reports a failure without secrets: %s", async (_, response, type, message, retCode) => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, response);
    const client = createClient({
      ...gateway.clientOptions,
      maxRetries: 0,
      observe: openTelemetry({ tracerProvider }),
    });
    await client.describeUMemBackupURL(params).result();
    const [span] = spans.getFinishedSpans();
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: expect.stringMatching(message) });
    expect(span?.attributes["error.type"]).toBe(type);
    expect(span?.attributes["dezai.ret_code"]).toBe(retCode);
    expect(span?.events).toMatchObject([
      { name: "exception", attributes: { "exception.message": span?.status.message } },
    ]);
    expect(textOf(span)).not.toMatch(/space|backup\b|cn-zj|https?:\/\/|Signature|key-for-tests|stacktrace/);
  });

  test("reports the name only of an error that a middleware throws", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, links);
    const client = createClient({
      ...gateway.clientOptions,
      middleware: [
        async ({ parameters }) => Promise.reject(new RangeError(`no ${parameters.get("SpaceId")}`)),
      ],
      observe: openTelemetry({ tracerProvider }),
    });
    await expect(client.describeUMemBackupURL(params)).rejects.toThrow("no space");
    const [span] = spans.getFinishedSpans();
    expect(span?.attributes["error.type"]).toBe("RangeError");
    expect(textOf(span)).not.toContain("space");
  });

  test("is a child of the caller's span, and the parent of spans inside the call", async () => {
    trace.setGlobalTracerProvider(tracerProvider);
    const tracer = trace.getTracer("test");
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, async () => {
      await Promise.resolve();
      tracer.startSpan("inner").end();
      return links;
    });
    const client = createClient({ ...gateway.clientOptions, observe: openTelemetry() });
    await tracer.startActiveSpan("outer", async (outer) => {
      await Promise.all([client.describeUMemBackupURL(params), client.describeUMemBackupURL(params)]);
      tracer.startSpan("after").end();
      outer.end();
    });
    const parentOf = (one: ReadableSpan) =>
      spans.getFinishedSpans().find((span) => span.spanContext().spanId === one.parentSpanContext?.spanId)
        ?.name;
    expect(
      spans
        .getFinishedSpans()
        .map((span) => `${span.name} in ${parentOf(span)}`)
        .sort(),
    ).toEqual([
      "DescribeUMemBackupURL in outer",
      "DescribeUMemBackupURL in outer",
      "after in outer",
      "inner in DescribeUMemBackupURL",
      "inner in DescribeUMemBackupURL",
      "outer in undefined",
    ]);
  });
});

describe("metrics", () => {
  const common = {
    "rpc.system": "dezai",
    "rpc.service": "umem",
    "rpc.method": "DescribeUMemBackupURL",
    "server.address": "api.dezai.com",
  };

  test("measure each call in seconds and count retries", async () => {
    const { provider, points } = measured();
    const gateway = createFakeGateway().on(
      describeUMemBackupURLOperation,
      throttled(),
      throttled(),
      links,
      fail(230),
    );
    const client = createClient({
      ...gateway.clientOptions,
      observe: openTelemetry({ meterProvider: provider }),
    });
    await client.describeUMemBackupURL(params);
    await client.describeUMemBackupURL(params).result();
    const found = await points();
    expect(found).toMatchObject([
      {
        scope: "@dezai/umem",
        name: "rpc.client.call.duration",
        unit: "s",
        attributes: common,
        value: { count: 1 },
      },
      {
        name: "rpc.client.call.duration",
        attributes: { ...common, "error.type": "InvalidParameter" },
        value: { count: 1 },
      },
      {
        name: "dezai.client.retries",
        unit: "{retry}",
        attributes: { ...common, "error.type": "RequestThrottled" },
        value: 2,
      },
    ]);
    const [{ value }] = found as unknown as [{ value: { sum: number; max: number } }];
    expect(value.sum).toBeGreaterThan(0);
    expect(value.max).toBeLessThan(5);
    await provider.shutdown();
  });

  test("reach a provider that is registered after the client is created", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, links);
    const client = createClient({ ...gateway.clientOptions, observe: openTelemetry() });
    await client.describeUMemBackupURL(params);
    const { provider, points } = measured();
    metrics.setGlobalMeterProvider(provider);
    await client.describeUMemBackupURL(params);
    await client.describeUMemBackupURL(params);
    expect(await points()).toMatchObject([{ name: "rpc.client.call.duration", value: { count: 2 } }]);
    await provider.shutdown();
  });
});

test.each([
  ["the client", `export { createClient } from "@dezai/umem";`],
  [
    "one action",
    `export { describeUMemBackupURL } from "@dezai/umem"; export { connect } from "@dezai/umem/connect";`,
  ],
])("a bundle of %s contains no entry that it does not import", async (_, contents) => {
  const { metafile } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    conditions: ["@actiongen/source"],
  });
  const [output] = Object.values(metafile.outputs);
  const used = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter(([path]) => /opentelemetry|telemetry|validat|testing/.test(path))).toEqual([]);
});
