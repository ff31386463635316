import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { StreamRecord } from "./stream.ts";

/** A shard of a stream; `parent` must be read to its end before it. */
export type Shard = { readonly id: string; readonly parent: string | undefined };
/** Where to read a shard from: behind a sequence number, at the oldest record there is, or at what comes from now on. */
export type Position = { readonly after: string } | "oldest" | "newest";
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
    const after = typeof position === "object";
    try {
      const answer = await this.#client.send(
        new GetShardIteratorCommand({
          StreamArn: this.arn,
          ShardId: shard,
          ShardIteratorType: after ? "AFTER_SEQUENCE_NUMBER" : position === "oldest" ? "TRIM_HORIZON" : "LATEST",
          ...(after ? { SequenceNumber: position.after } : {}),
        }),
      );
      return answer.ShardIterator ?? "gone";
    } catch (error) {
      if (named(error, "TrimmedDataAccessException", "ResourceNotFoundException", "ValidationException")) return "gone";
      throw error;
    }
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

function named(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
