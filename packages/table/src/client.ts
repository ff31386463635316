import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type ConsumedCapacity,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  type GetItemCommandOutput,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
  type ScanCommandOutput,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandOutput,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { Refused } from "@yihao/kernel/outcome";
import type { AnyScope, Meter, Store } from "@yihao/kernel/scope";
import { transactionUnits } from "./size.ts";

/** The calls this product makes to DynamoDB, and no others. */
export type Call = GetItemCommand | BatchGetItemCommand | QueryCommand | ScanCommand | TransactWriteItemsCommand;
/** What DynamoDB calls a call, e.g. `GetItem`: told by its class, since a bundle's names are not the source's. */
export function operationOf(call: Call): string {
  if (call instanceof GetItemCommand) return "GetItem";
  if (call instanceof BatchGetItemCommand) return "BatchGetItem";
  if (call instanceof QueryCommand) return "Query";
  return call instanceof ScanCommand ? "Scan" : "TransactWriteItems";
}

export type Answer =
  | GetItemCommandOutput
  | BatchGetItemCommandOutput
  | QueryCommandOutput
  | ScanCommandOutput
  | TransactWriteItemsCommandOutput;

/** Stands between the product and DynamoDB: tests put a fault layer here. */
export type Through = (call: Call, send: (call: Call) => Promise<Answer>) => Promise<Answer>;

export type TableOptions = {
  readonly name: string;
  readonly config?: DynamoDBClientConfig;
  readonly through?: Through;
  /** Attempts at one call before giving up as `busy`. */
  readonly attempts?: number;
  /** Waits between attempts; tests hand in one that does not wait. */
  readonly wait?: (ms: number) => Promise<void>;
  /** A number in [0, 1) for jitter. */
  readonly chance?: () => number;
};

const retryable = new Set([
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "InternalServerError",
  "InternalFailure",
  "ServiceUnavailable",
  "TransactionInProgressException",
  "TransactionConflictException",
  "TimeoutError",
  "ECONNRESET",
  "EPIPE",
  "ECONNREFUSED",
]);

function passing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  if (retryable.has(error.name) || retryable.has(code)) return true;
  if (error.name === "TransactionCanceledException" && "CancellationReasons" in error) {
    const reasons = (error.CancellationReasons as { Code?: string }[]).map((reason) => reason.Code ?? "None");
    if (reasons.includes("ConditionalCheckFailed")) return false;
    return reasons.some((code) =>
      ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"].includes(code),
    );
  }
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status !== undefined && status >= 500;
}

/** One DynamoDB table, with retries that keep to its rules: a conflict is tried again with jitter, a failed condition never. */
export class Table implements Store {
  readonly name: string;
  readonly #client: DynamoDBClient;
  readonly #options: TableOptions;

  constructor(options: TableOptions) {
    this.name = options.name;
    this.#options = options;
    this.#client = new DynamoDBClient({ maxAttempts: 1, cacheMiddleware: true, ...options.config });
    // A sixth of a call's work: the one filters every input and output for a log that is not kept, the other says who calls.
    for (const step of ["loggerMiddleware", "getUserAgentMiddleware"]) this.#client.middlewareStack.remove(step);
  }

  /** Sends one call, again after passing faults with full jitter (AWS's "exponential backoff and jitter"), and counts its units. */
  async send<A extends Answer>(meter: Meter, call: Call): Promise<A> {
    const attempts = this.#options.attempts ?? 12;
    const direct = (inner: Call): Promise<Answer> => this.#client.send(inner as GetItemCommand);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await (this.#options.through ? this.#options.through(call, direct) : direct(call));
        count(meter, call, answer);
        return answer as A;
      } catch (error) {
        if (!passing(error)) throw error;
        if (attempt >= attempts) throw new Refused("busy");
        await this.rest(Math.min(1000, 10 * 2 ** attempt));
      }
    }
  }

  /** Waits a random while of at most so many milliseconds ("full jitter"). */
  async rest(mostMs: number): Promise<void> {
    const chance = this.#options.chance ?? Math.random;
    const wait = this.#options.wait ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    await wait(chance() * mostMs);
  }

  /** Makes the table, with its stream unless nobody hears it, if it is not there; on AWS the foundation stack does this instead. */
  async create({ stream = true }: { readonly stream?: boolean } = {}): Promise<void> {
    try {
      await this.#client.send(
        new CreateTableCommand({
          TableName: this.name,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [
            { AttributeName: "pk", AttributeType: "S" },
            { AttributeName: "sk", AttributeType: "S" },
          ],
          KeySchema: [
            { AttributeName: "pk", KeyType: "HASH" },
            { AttributeName: "sk", KeyType: "RANGE" },
          ],
          ...(stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } } : {}),
        }),
      );
    } catch (error) {
      if (!(error instanceof Error && error.name === "ResourceInUseException")) throw error;
    }
  }

  /** From now on what is past its time leaves the table by the machine's clock. */
  async expire(): Promise<void> {
    try {
      await this.#client.send(
        new UpdateTimeToLiveCommand({
          TableName: this.name,
          TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
        }),
      );
    } catch (error) {
      if (!(error instanceof Error && error.message.includes("already enabled"))) throw error;
    }
  }

  /** The ARN of the table's stream. */
  async streamArn(): Promise<string> {
    const answer = await this.#client.send(new DescribeTableCommand({ TableName: this.name }));
    const arn = answer.Table?.LatestStreamArn;
    if (!arn) throw new Error(`table ${this.name} has no stream`);
    return arn;
  }

  /** The same table reached with other credentials, over the same connections: closing those is for this one alone. */
  withCredentials(credentials: NonNullable<DynamoDBClientConfig["credentials"]>): Table {
    return this.#like({ config: { ...this.#options.config, credentials } });
  }

  /** The same table behind one more layer, over the same connections. */
  behind(layer: Through): Table {
    const { through } = this.#options;
    return this.#like({
      through: (call, send) => layer(call, (inner) => (through ? through(inner, send) : send(inner))),
    });
  }

  #like(options: Partial<TableOptions>): Table {
    const { requestHandler } = this.#client.config;
    const all = { ...this.#options, ...options };
    return new Table({ ...all, config: { ...all.config, requestHandler } });
  }

  /** Closes its connections. */
  close(): void {
    this.#client.destroy();
  }
}

function count(meter: Meter, call: Call, answer: Answer): void {
  const consumed = "ConsumedCapacity" in answer ? answer.ConsumedCapacity : undefined;
  const reported = (Array.isArray(consumed) ? consumed : consumed ? [consumed] : []) as ConsumedCapacity[];
  const units = reported.reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
  if (call instanceof TransactWriteItemsCommand)
    meter.write += Math.max(units, transactionUnits(call.input.TransactItems ?? []));
  else if (call instanceof BatchGetItemCommand) meter.read += Math.max(units, batchUnits(call));
  else meter.read += units;
}

/** What a batch of reads costs at least on AWS, where a missing item costs as much as a small one; DynamoDB Local takes nothing for it. */
function batchUnits({ input }: BatchGetItemCommand): number {
  const tables = Object.values(input.RequestItems ?? {});
  return tables.reduce((sum, { Keys, ConsistentRead }) => sum + (Keys?.length ?? 0) * (ConsistentRead ? 1 : 0.5), 0);
}

/** The table behind a scope. */
export function tableOf(scope: AnyScope): Table {
  if (scope.table instanceof Table) return scope.table;
  throw new Error("this scope has no table");
}
