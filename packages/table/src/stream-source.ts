import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import {
  type AttributeValue,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { StreamRecord } from "./stream.ts";

/** A shard of a stream; `parent` must be read to its end before it. */
export type Shard = { readonly id: string; readonly parent: string | undefined };
/** Where to read a shard from: behind or at a sequence number, at the oldest record there is, or at what comes from now on. */
export type Position = { readonly after: string } | { readonly at: string } | "oldest" | "newest";
/** Records in order; `next` is undefined when the shard is closed and read to its end. */
export type Read = { readonly records: StreamRecord[]; readonly next: string | undefined };

/** Reads a table's stream shard by shard. On AWS the Lambda service does this; on one machine `local` does. */
export class StreamSource {
  readonly arn: string;
  readonly #client: DynamoDBStreamsClient;

  constructor(arn: string, config: DynamoDBClientConfig) {
    this.arn = arn;
    this.#client = new DynamoDBStreamsClient({ maxAttempts: 1, ...config });
  }

  /** Every shard that still holds records, parents before children. */
  async shards(): Promise<Shard[]> {
    const found: Shard[] = [];
    let from: string | undefined;
    do {
      const answer = await this.#client.send(
        new DescribeStreamCommand({ StreamArn: this.arn, ...(from ? { ExclusiveStartShardId: from } : {}) }),
      );
      for (const shard of answer.StreamDescription?.Shards ?? [])
        if (shard.ShardId) found.push({ id: shard.ShardId, parent: shard.ParentShardId });
      from = answer.StreamDescription?.LastEvaluatedShardId;
    } while (from);
    return found.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** An iterator of a shard, or `gone` when the position (or the whole shard) is older than the stream remembers. */
  async iterator(shard: string, position: Position): Promise<string | "gone"> {
    const types = { oldest: "TRIM_HORIZON", newest: "LATEST" } as const;
    const where =
      typeof position === "string"
        ? { ShardIteratorType: types[position] }
        : "after" in position
          ? { ShardIteratorType: "AFTER_SEQUENCE_NUMBER" as const, SequenceNumber: position.after }
          : { ShardIteratorType: "AT_SEQUENCE_NUMBER" as const, SequenceNumber: position.at };
    try {
      const answer = await this.#client.send(
        new GetShardIteratorCommand({
          StreamArn: this.arn,
          ShardId: shard,
          ...where,
        }),
      );
      return answer.ShardIterator ?? "gone";
    } catch (error) {
      if (named(error, "TrimmedDataAccessException", "ResourceNotFoundException", "ValidationException")) return "gone";
      throw error;
    }
  }

  /** Whether a shard still holds the record of that sequence number. */
  async holds(shard: string, sequence: string): Promise<boolean> {
    const iterator = await this.iterator(shard, { at: sequence });
    if (iterator === "gone") return false;
    const page = await this.read(iterator, 1);
    return page !== "expired" && page.records[0]?.dynamodb?.SequenceNumber === sequence;
  }

  /** Up to `limit` records, as Lambda would hand them over; `expired` when the iterator is too old and a new one is needed. */
  async read(iterator: string, limit = 100): Promise<Read | "expired"> {
    try {
      const answer = await this.#client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }));
      const records = (answer.Records ?? []).map((record) => ({
        ...record,
        eventSourceARN: this.arn,
        dynamodb: {
          ...record.dynamodb,
          ...(record.dynamodb?.NewImage ? { NewImage: whole(record.dynamodb.NewImage) } : {}),
          ApproximateCreationDateTime: (record.dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000,
        },
      }));
      return { records: records as StreamRecord[], next: answer.NextShardIterator };
    } catch (error) {
      if (named(error, "ExpiredIteratorException", "TrimmedDataAccessException")) return "expired";
      throw error;
    }
  }

  /** Closes its connections. */
  close(): void {
    this.#client.destroy();
  }
}

/** DynamoDB Local leaves an empty map's type out (`{}`); AWS does not. What has no type is such a map, however deep it lies. */
function whole(map: Record<string, AttributeValue>): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, typed(value)]));
}

function typed(value: AttributeValue): AttributeValue {
  if (value.M) return { M: whole(value.M) };
  if (value.L) return { L: value.L.map(typed) };
  return Object.values(value).every((one) => one === undefined) ? { M: {} } : value;
}

function named(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
