/**
 * Log lines of functions as CloudWatch reads them: JSON, with metrics in the embedded metric format (EMF), so that a line is both and costs no call. Powertools' logger and metrics do the
 * same in 34 kB of every bundle, its tracer in 127; what is used of it is this page.
 */
type Entry = Record<string, unknown>;
type Metric = { readonly Name: string; readonly Unit: "Count" | "Milliseconds" };

const namespace = "Yihao";
const count = (Name: string): Metric => ({ Name, Unit: "Count" });
const perRequest: readonly Metric[] = [
  count("Requests"),
  { Name: "Latency", Unit: "Milliseconds" },
  count("ReadUnits"),
  count("WriteUnits"),
];
const perFact: readonly Metric[] = [count("Facts"), count("FailedReactions"), count("ReadUnits"), count("WriteUnits")];

/** Dimensions are few and known beforehand: stage, function and refusal code. A space is a field of the line and never a dimension, since each would cost as a metric of its own. */
function metricsOf(entry: Entry): { dimensions: string[][]; metrics: Metric[]; values: Entry } {
  const units = { ReadUnits: entry.read, WriteUnits: entry.write };
  if (entry.heard !== undefined)
    return {
      dimensions: [["stage", "function"]],
      metrics: [...perFact],
      values: { Facts: 1, FailedReactions: entry.failed, ...units },
    };
  if (entry.error !== undefined)
    return { dimensions: [["stage", "function"]], metrics: [count("Faults")], values: { Faults: 1 } };
  if (entry.refusal === undefined)
    return {
      dimensions: [["stage", "function"]],
      metrics: [...perRequest],
      values: { Requests: 1, Latency: entry.ms, ...units },
    };
  return {
    dimensions: [
      ["stage", "function"],
      ["stage", "function", "refusal"],
    ],
    metrics: [...perRequest, count("Refusals")],
    values: { Requests: 1, Latency: entry.ms, ...units, Refusals: 1 },
  };
}

/** Writes an entry as one line. Requests carry `request`, by which a browser's error is found, and `wrote`, the events that the stream's lines then tell of as `heard`. */
export function telemetry(
  env: Readonly<Record<string, string | undefined>>,
  write: (line: string) => void,
  now: () => number = Date.now,
): (entry: Entry) => void {
  const { YIHAO_STAGE: stage = "local", YIHAO_FUNCTION: name = "local" } = env;
  return (entry) => {
    const { dimensions, metrics, values } = metricsOf(entry);
    const level = entry.error === undefined ? "INFO" : "ERROR";
    const Timestamp = now();
    const emf = { Timestamp, CloudWatchMetrics: [{ Namespace: namespace, Dimensions: dimensions, Metrics: metrics }] };
    // Written past the runtime's own console, which would put the line into another.
    write(
      `${JSON.stringify({ level, time: new Date(Timestamp).toISOString(), stage, function: name, ...entry, ...values, _aws: emf })}\n`,
    );
  };
}
