import { LogFormatter, Logger, LogItem } from "@aws-lambda-powertools/logger";
import type { LogAttributes, UnformattedAttributes } from "@aws-lambda-powertools/logger/types";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** Log lines of functions as CloudWatch reads them: JSON, with metrics in the embedded metric format (EMF), so that a line is both and costs no call. */
type Entry = Record<string, unknown>;
type Figures = Readonly<Record<string, number>>;

const namespace = "Yihao";
const milliseconds = new Set(["Latency"]);

/** What a line counts. Refusals are the one thing that is told apart by more than stage and function. */
function figuresOf(entry: Entry): Figures {
  const units = { ReadUnits: Number(entry.read), WriteUnits: Number(entry.write) };
  if (entry.heard !== undefined) return { Facts: 1, FailedReactions: Number(entry.failed), ...units };
  if (entry.error !== undefined) return { Faults: 1 };
  return { Requests: 1, Latency: Number(entry.ms), ...units, ...(entry.refusal === undefined ? {} : { Refusals: 1 }) };
}

/** Level, instant, stage and function, then what the entry says. */
class LineFormatter extends LogFormatter {
  override formatAttributes(standard: UnformattedAttributes, additional: LogAttributes): LogItem {
    const { logLevel: level, timestamp, message, xRayTraceId: trace } = standard;
    const said = { ...(message === "" ? {} : { message }), ...(trace === undefined ? {} : { trace }) };
    return new LogItem({ attributes: { level, time: timestamp.toISOString(), ...said } }).addAttributes(additional);
  }
}

/**
 * Writes an entry as one line. Requests carry `request`, by which a browser's error is found, and `wrote`, the events that the stream's lines then tell of as `heard`.
 * Dimensions are few and known beforehand: stage, function and refusal code. A space is a field of the line and never a dimension, since each would cost as a metric of its own.
 */
export function telemetry(env: Readonly<Record<string, string | undefined>>): (entry: Entry) => void {
  const stage = env.YIHAO_STAGE ?? "local";
  const of = { stage, function: env.YIHAO_FUNCTION ?? "local" };
  const logger = new Logger({ logFormatter: new LineFormatter(), logLevel: "INFO" });
  const metrics = new Metrics({ namespace, logger });
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions(of);
  return (entry) => {
    // Each set has the defaults too: the first is only these.
    metrics.addDimensions({});
    if (entry.refusal !== undefined) metrics.addDimensions({ refusal: String(entry.refusal) });
    for (const [name, value] of Object.entries(figuresOf(entry)))
      metrics.addMetric(name, milliseconds.has(name) ? MetricUnit.Milliseconds : MetricUnit.Count, value);
    const figures = metrics.serializeMetrics();
    metrics.clearMetrics();
    metrics.clearDimensions();
    const line = { ...of, ...entry, ...figures } as unknown as LogAttributes;
    if (entry.error === undefined) logger.info("", line);
    else logger.error("", line);
  };
}
