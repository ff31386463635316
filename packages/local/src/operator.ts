import { S3Client } from "@aws-sdk/client-s3";
import { Table } from "@yihao/table/client";
import { tableNames } from "./cloud.ts";
import { dynamoConfig } from "./dynamo.ts";
import { type Home, homeFolder, openHome, runningOn, secretsOf } from "./home.ts";
import { bucketStore, folderStore, type ObjectStore } from "./object-store.ts";

/** Which deployment a command of whoever runs the product is about: a home of this machine, or a table and bucket on AWS. */
export type Where = {
  readonly home?: string | undefined;
  readonly table?: string | undefined;
  readonly files?: string | undefined;
};
export const whereOptions = {
  home: { type: "string" },
  table: { type: "string" },
  files: { type: "string" },
} as const;
export const whereUsage = `[--home DIR | --table NAME --files BUCKET]
  with --table on AWS (AWS_REGION and credentials in the environment), else in the running product of a home`;

export type Opened = {
  readonly table: Table;
  /** Where the documents lie; undefined when the bucket was not named. */
  readonly files: ObjectStore | undefined;
  /** The home of one machine; undefined on AWS. */
  readonly home: Home | undefined;
  readonly close: () => void;
};

/** Opens what a command works on; throws when nothing runs on the home. */
export function openWhere({ home: folder, table: name, files: bucket }: Where): Opened {
  if (name !== undefined) {
    const table = new Table({ name });
    const client = bucket === undefined ? undefined : new S3Client({});
    const files = client && bucket !== undefined ? bucketStore(client, bucket) : undefined;
    const close = () => {
      table.close();
      client?.destroy();
    };
    return { table, files, home: undefined, close };
  }
  const home = openHome(homeFolder(folder));
  const running = runningOn(home);
  if (!running) throw new Error(`nothing runs on ${home.folder}: npm start`);
  const table = new Table({
    name: tableNames.main,
    config: dynamoConfig(running.endpoint, secretsOf(home).accessKeyId),
  });
  return { table, files: folderStore(home.files), home, close: () => table.close() };
}

/** Runs a command; what it throws is told in a line. */
export function runCommand(command: () => Promise<void>): void {
  command().catch((error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
