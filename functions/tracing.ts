import type { Tracer } from "@aws-lambda-powertools/tracer";
import { operationOf, type Through } from "@yihao/table/client";

/** Powertools' tracer on Lambda, where a daemon hears it; elsewhere nothing is loaded for it. */
const tracer: Tracer | undefined = process.env.AWS_LAMBDA_FUNCTION_NAME
  ? new (await import("@aws-lambda-powertools/tracer")).Tracer({
      serviceName: process.env.YIHAO_FUNCTION ?? process.env.AWS_LAMBDA_FUNCTION_NAME,
      captureHTTPsRequests: false,
    })
  : undefined;

/** The part of the trace that what is done now belongs to; none when this call is not one of those that are traced (one a second, and a twentieth of the rest). */
const current = () => (tracer?.isTraceSampled() ? tracer.getSegment() : undefined);

/**
 * A handler whose work is a part of its call's trace, with what it asks of DynamoDB inside it. X-Ray is told no argument, no answer and no message of an error: they could hold what
 * people wrote.
 */
export function traced<Given extends unknown[], Answer>(
  handler: (...given: Given) => Promise<Answer>,
): (...given: Given) => Promise<Answer> {
  return async (...given) => {
    const whole = current();
    if (!tracer || !whole) return handler(...given);
    const part = whole.addNewSubsegment("## handler");
    tracer.setSegment(part);
    tracer.annotateColdStart();
    tracer.addServiceNameAnnotation();
    try {
      return await handler(...given);
    } catch (error) {
      part.addFaultFlag();
      throw error;
    } finally {
      part.close();
      tracer.setSegment(whole);
    }
  };
}

/** What of a log line a trace is found by. A request's id is the browser's own; the events that it wrote are the ones that the stream's lines and traces say they heard. */
const found = ["request", "space", "refusal", "heard"] as const;
/** X-Ray takes a thousand characters in an annotation. */
const most = 1000;

/** Writes into the trace by what it is found: a request on the handler's part, a fact that was heard as a part of its own. */
export function annotate(entry: Readonly<Record<string, unknown>>): void {
  const part = current();
  if (!part) return;
  if (entry.heard === undefined) {
    mark(part, entry);
    return;
  }
  const own = part.addNewSubsegment(`reactions to ${entry.type ?? entry.kind}`);
  mark(own, entry);
  own.addAttribute("start_time", (Date.now() - Number(entry.ms ?? 0)) / 1000);
  own.close();
}

function mark(part: NonNullable<ReturnType<typeof current>>, entry: Readonly<Record<string, unknown>>): void {
  for (const name of found) if (entry[name] !== undefined) part.addAnnotation(name, String(entry[name]));
  const { wrote } = entry;
  if (Array.isArray(wrote) && wrote.length > 0) part.addAnnotation("wrote", wrote.join(" ").slice(0, most));
  if (entry.error !== undefined || Number(entry.failed ?? 0) > 0) part.addFaultFlag();
}

/** Draws a call to DynamoDB into the trace: which it is, of which table, how long, and whether it was refused or throttled. */
const drawn: Through = async (call, send) => {
  const part = current()?.addNewSubsegment("DynamoDB");
  if (!part) return send(call);
  part.addAttribute("namespace", "aws");
  const table_name = "TableName" in call.input ? call.input.TableName : undefined;
  part.addAttribute("aws", { operation: operationOf(call), table_name, region: process.env.AWS_REGION });
  try {
    return await send(call);
  } catch (error) {
    if (error instanceof Error && /Throttl|Throughput|RequestLimit/.test(error.name)) part.addThrottleFlag();
    else part.addErrorFlag();
    throw error;
  } finally {
    part.close();
  }
};

/** What stands before DynamoDB where calls are traced. */
export const tracedCalls: Through | undefined = tracer && drawn;
