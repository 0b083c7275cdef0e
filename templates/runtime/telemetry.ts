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
import { ActionError, HttpError, RetCodeError } from "./errors.js";
import type { CallStart, Observe } from "./observer.js";

/** What a package says of itself in what it tells. */
export interface TelemetryNames {
  /** `rpc.system`, and first part of the names of attributes that no convention has, such as `brand.request_id`. */
  readonly system: string;
  /** `rpc.service`: the product. */
  readonly service: string;
  /** Name and version of the package. */
  readonly library: string;
  readonly version: string;
}

/** Where spans and metrics go. Default: to what the program registered, as soon as it does. */
export interface TelemetryOptions {
  readonly tracerProvider?: TracerProvider | undefined;
  readonly meterProvider?: MeterProvider | undefined;
}

/** From a quick answer to the default end of a call, in seconds. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 90];

/**
 * Makes a client's `observe` that tells OpenTelemetry of each call: a client span with an event for each retry, the
 * histogram `rpc.client.call.duration` in seconds, and the counter `<system>.client.retries`.
 *
 * Nothing that it tells holds a parameter, a URL or the gateway's own message, which may quote one.
 */
export function openTelemetry(names: TelemetryNames, options: TelemetryOptions = {}): Observe {
  const { system } = names;
  const instruments = createInstruments(names, options);
  return (call) => {
    const tracer = (options.tracerProvider ?? trace).getTracer(names.library, names.version);
    const attributes = attributesOf(call, names);
    const own = { "http.request.method": call.method };
    const span = tracer.startSpan(call.action, {
      kind: SpanKind.CLIENT,
      attributes: { ...attributes, ...own },
    });
    const started = performance.now();
    let retries = 0;
    return {
      run: (work) => context.with(trace.setSpan(context.active(), span), work),
      retry(error, delay) {
        retries += 1;
        const failed = { "error.type": errorType(error), ...idOf(error.requestId, system) };
        span.addEvent("retry", {
          ...failed,
          [`${system}.attempt`]: retries,
          [`${system}.retry_delay`]: delay / 1_000,
        });
        instruments().retries.add(1, { ...attributes, "error.type": errorType(error) });
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

/** A program may register its metrics after it made its client, and the API hands out nothing that waits for them. */
function createInstruments(
  { system, library, version }: TelemetryNames,
  { meterProvider }: TelemetryOptions,
): () => Instruments {
  let provider: MeterProvider | undefined;
  let made: Instruments | undefined;
  return () => {
    const current = meterProvider ?? metrics.getMeterProvider();
    if (made !== undefined && provider === current) return made;
    provider = current;
    const meter = current.getMeter(library, version);
    made = {
      duration: meter.createHistogram("rpc.client.call.duration", {
        unit: "s",
        description: "Time that calls took, their retries included.",
        advice: { explicitBucketBoundaries: boundaries },
      }),
      retries: meter.createCounter(`${system}.client.retries`, {
        unit: "{retry}",
        description: "Requests that were sent again.",
      }),
    };
    return made;
  };
}

/** What spans and metrics say alike: few values, and none that a caller gives. */
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

/** One of few words for what went wrong. */
function errorType(error: Error): string {
  if (error instanceof RetCodeError) return error.codeName || `${error.retCode}`;
  return error instanceof HttpError ? `${error.status}` : error.name;
}

/** What went wrong, in the words of the specification and of this package alone. */
function describe(error: Error): string {
  if (error instanceof RetCodeError) {
    const { retCode, codeName, meaning } = error;
    return `RetCode ${retCode}${codeName && ` (${codeName})`}.${meaning && ` ${meaning}`}`;
  }
  return error instanceof ActionError ? error.message : "";
}
