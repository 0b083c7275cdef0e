import {
  type Attributes,
  type Counter,
  context,
  type Histogram,
  type MeterProvider,
  metrics,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import type { CallStart, Observe } from "./call.js";
import { ActionError, HttpError, RetCodeError } from "./errors.js";

/** Names that a package uses in spans and metrics. */
export interface TelemetryNames {
  /** `rpc.system`, and the prefix of attributes outside of the conventions, such as `brand.request_id`. */
  readonly system: string;
  /** `rpc.service`: the product. */
  readonly service: string;
  /** Name and version of the package. */
  readonly library: string;
  readonly version: string;
}

/** Providers of tracers and meters. Default: the global ones, as soon as the program registers them. */
export interface TelemetryOptions {
  readonly tracerProvider?: TracerProvider | undefined;
  readonly meterProvider?: MeterProvider | undefined;
}

/** From a fast response to the default timeout, in seconds. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 90];

/**
 * Creates a client's `observe` that reports each call to OpenTelemetry: a client span with an event for each retry, the
 * histogram `rpc.client.call.duration` in seconds, and the counter `<system>.client.retries`.
 *
 * It reports no parameter, no URL and not the gateway's own message, which may quote one.
 */
export function openTelemetry(names: TelemetryNames, options: TelemetryOptions = {}): Observe {
  const { system } = names;
  let meterProvider: MeterProvider | undefined;
  let created: Instruments | undefined;
  // Created late, since a program may register a meter provider after it creates its client, and the API has no proxy for it.
  function instruments(): Instruments {
    const current = options.meterProvider ?? metrics.getMeterProvider();
    if (!created || meterProvider !== current) created = createInstruments(names, current);
    meterProvider = current;
    return created;
  }
  return (call) => {
    const tracer = (options.tracerProvider ?? trace).getTracer(names.library, names.version);
    const attributes = attributesOf(call, names);
    const spanAttributes = { ...attributes, "http.request.method": call.method };
    const span = tracer.startSpan(call.action, { kind: SpanKind.CLIENT, attributes: spanAttributes });
    const started = performance.now();
    let retries = 0;
    return {
      run: (work) => context.with(trace.setSpan(context.active(), span), work),
      retry(error, delay) {
        retries += 1;
        const failed = { "error.type": errorType(error) };
        span.addEvent("retry", {
          ...failed,
          ...idOf(error.requestId, system),
          [`${system}.attempt`]: retries,
          [`${system}.retry_delay`]: delay / 1_000,
        });
        instruments().retries.add(1, { ...attributes, ...failed });
      },
      end({ attempts, requestId, error }) {
        const duration = (performance.now() - started) / 1_000;
        const failed = error === undefined ? {} : { "error.type": errorType(error) };
        const retCode = error === undefined ? 0 : error instanceof RetCodeError ? error.retCode : undefined;
        span.setAttributes({
          ...failed,
          ...idOf(requestId, system),
          [`${system}.attempts`]: attempts,
          ...(retCode === undefined ? {} : { [`${system}.ret_code`]: retCode }),
        });
        if (error !== undefined) {
          const message = describe(error);
          span.recordException({ name: error.name, message });
          span.setStatus({ code: SpanStatusCode.ERROR, message });
        }
        span.end();
        instruments().duration.record(duration, { ...attributes, ...failed });
      },
    };
  };
}

interface Instruments {
  readonly duration: Histogram;
  readonly retries: Counter;
}

function createInstruments(
  { system, library, version }: TelemetryNames,
  provider: MeterProvider,
): Instruments {
  const meter = provider.getMeter(library, version);
  return {
    duration: meter.createHistogram("rpc.client.call.duration", {
      unit: "s",
      description: "Duration of calls, including retries.",
      advice: { explicitBucketBoundaries: boundaries },
    }),
    retries: meter.createCounter(`${system}.client.retries`, {
      unit: "{retry}",
      description: "Number of retries.",
    }),
  };
}

/** Attributes of spans and metrics: low in cardinality, and independent of the caller's parameters. */
function attributesOf({ action, host }: CallStart, { system, service }: TelemetryNames): Attributes {
  const [, name = "", port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(host) ?? [];
  return {
    "rpc.system": system,
    "rpc.service": service,
    "rpc.method": action,
    "server.address": name,
    ...(port === undefined ? {} : { "server.port": Number(port) }),
  };
}

function idOf(requestId: string | undefined, system: string): Attributes {
  return requestId === undefined ? {} : { [`${system}.request_id`]: requestId };
}

/** A classification of the error with few distinct values. */
function errorType(error: Error): string {
  if (error instanceof RetCodeError) return error.codeName || `${error.retCode}`;
  return error instanceof HttpError ? `${error.status}` : error.name;
}

/** A description of the error in the words of the specification and of this package only. */
function describe(error: Error): string {
  if (error instanceof RetCodeError) {
    const { retCode, codeName, meaning } = error;
    return `RetCode ${retCode}${codeName && ` (${codeName})`}.${meaning && ` ${meaning}`}`;
  }
  return error instanceof ActionError ? error.message : "";
}
