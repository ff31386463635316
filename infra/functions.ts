/**
 * The functions of Yihao, one a line of this table: which paths each answers, how large it is, what it is told and what it may do. The app on AWS is made from it, and one machine
 * sends requests by it; nothing grants a function anything elsewhere.
 */

/** What a function may do with a thing of the foundation; `grantsOf` says which actions that is. */
export type Grants = {
  /** `hooks`: the partitions of webhooks alone; `letters`: that of letters. */
  readonly table?: "use" | "hooks" | "letters";
  readonly authTable?: "use";
  readonly files?: "keep" | "tidy";
  readonly poison?: "write" | "read";
  /** The queues of the rooms' reactions, and that of letters; `letters`: the latter alone, to take from it. */
  readonly queues?: "send" | "receive" | "letters";
};

/** Settings beside those that every function has. */
export type Setting =
  | "YIHAO_AUTH_TABLE"
  | "YIHAO_FILES_BUCKET"
  | "YIHAO_SECRET"
  | "YIHAO_URL"
  | "STRIPE_SECRET_KEY"
  | "STRIPE_WEBHOOK_SECRET"
  | "YIHAO_FEE_BASIS_POINTS"
  | "YIHAO_FRONT_SECRET"
  | "YIHAO_SUPPORT"
  | "YIHAO_TENANT_ROLE"
  | "YIHAO_QUEUES"
  | "YIHAO_SMTP"
  | "YIHAO_MAIL_FROM"
  | "YIHAO_PLATFORM_OWNERS";

export type FunctionPlan = {
  /** Paths it answers: one ending in `/` takes everything under it, `{name}` stands for one part. The first of the table that fits is taken. */
  readonly paths: readonly string[];
  /** Lambda gives processor time by memory: 1,769 MB is one core. */
  readonly memoryMb: number;
  /** API Gateway waits 30 seconds; what nobody waits for may take longer. */
  readonly timeoutSeconds: number;
  readonly may: Grants;
  readonly told: readonly Setting[];
  /** What calls it when no request does. */
  readonly hears?: "stream" | "queues" | "letters" | "attempts" | "clock" | "poison" | "front";
};

const person = ["YIHAO_SECRET", "YIHAO_URL"] as const;
/** Functions that answer inside one space do so through the wall between spaces, see `tenant-wall.ts`. */
const inSpace = [...person, "YIHAO_TENANT_ROLE", "YIHAO_SUPPORT"] as const;
const stripe = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "YIHAO_FEE_BASIS_POINTS"] as const;

/** The paths of a space's nouns, each with what is under it. */
const nounsOfSpace = (...nouns: string[]) =>
  nouns.flatMap((noun) => [`/api/v1/spaces/{space}/${noun}`, `/api/v1/spaces/{space}/${noun}/`]);

const plans = {
  auth: {
    paths: ["/api/auth/"],
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use", authTable: "use" },
    told: [...person, "YIHAO_AUTH_TABLE"],
  },
  pay: {
    paths: ["/api/v1/pay/", "/api/v1/guests/", "/api/v1/guest-bookings/", "/api/v1/guest-waits/"],
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace, ...stripe],
  },
  files: {
    paths: ["/api/v1/files/"],
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use", files: "keep" },
    told: [...inSpace, "YIHAO_FILES_BUCKET", "YIHAO_PLATFORM_OWNERS"],
  },
  // It describes routes and calls none: it may do nothing.
  docs: {
    paths: ["/api/v1/openapi.json", "/api/v1/docs"],
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: {},
    told: [...person],
  },
  doors: {
    paths: ["/api/v1/doors/", ...nounsOfSpace("hooks")],
    memoryMb: 512,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace],
  },
  takeover: {
    paths: ["/api/v1/takeover/"],
    memoryMb: 512,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace],
  },
  // It carries the fonts of printed bills: three megabytes that nobody else loads.
  papers: {
    paths: ["/api/v1/papers/"],
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace],
  },
  // The rooms of goods and of money, and what is seen over all of them, are functions of their own: each is loaded by those who work in it.
  goods: {
    paths: nounsOfSpace(
      "asns",
      "counts",
      "moves",
      "orders",
      "owners",
      "pallets",
      "products",
      "putaway",
      "returns",
      "scan-exceptions",
      "stock",
      "transfers",
      "warehouse-settings",
      "warehouses",
      "waves",
    ),
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace],
  },
  bills: {
    paths: [
      ...nounsOfSpace("billing-settings", "charges", "companies/{company}/balance", "invoices", "payments"),
      "/api/v1/accounts/",
      "/api/v1/platform/bills",
      "/api/v1/platform/fapiao",
      "/api/v1/platform/fapiao/",
    ],
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace, "YIHAO_PLATFORM_OWNERS"],
  },
  community: {
    paths: nounsOfSpace("announcements", "directory", "parcels", "tickets"),
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace],
  },
  // It tries again what any room could not take, and so carries the reactions of all; merging, which reaches through all rooms too, stands beside it.
  stuck: {
    paths: nounsOfSpace("companies/{company}/merge", "dead-letters", "people/{person}/merge"),
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace],
  },
  insight: {
    paths: nounsOfSpace("insight"),
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace],
  },
  api: {
    paths: ["/api/"],
    memoryMb: 1024,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...inSpace, "YIHAO_PLATFORM_OWNERS"],
  },
  "stripe-webhook": {
    paths: ["/webhooks/stripe"],
    memoryMb: 512,
    timeoutSeconds: 29,
    may: { table: "use" },
    told: [...stripe],
  },
  stream: {
    paths: [],
    memoryMb: 1024,
    timeoutSeconds: 120,
    may: { table: "use", poison: "write", queues: "send" },
    told: ["YIHAO_QUEUES"],
    hears: "stream",
  },
  // What one room could not take from the stream, from that room's queue.
  retry: {
    paths: [],
    memoryMb: 1024,
    timeoutSeconds: 120,
    may: { table: "use", queues: "receive" },
    told: [],
    hears: "queues",
  },
  // It alone speaks to the mail server, and reads nothing but letters.
  mail: {
    paths: [],
    memoryMb: 512,
    timeoutSeconds: 120,
    may: { table: "letters", queues: "letters" },
    told: ["YIHAO_URL", "YIHAO_SMTP", "YIHAO_MAIL_FROM"],
    hears: "letters",
  },
  // It posts to addresses that customers name: it is told no secret and reaches nothing but what it sends.
  hooks: {
    paths: [],
    memoryMb: 512,
    timeoutSeconds: 60,
    may: { table: "hooks", poison: "write" },
    told: [],
    hears: "attempts",
  },
  schedule: {
    paths: [],
    memoryMb: 512,
    timeoutSeconds: 300,
    may: { table: "use", files: "tidy" },
    told: ["YIHAO_FILES_BUCKET", ...stripe],
    hears: "clock",
  },
  poison: {
    paths: [],
    memoryMb: 512,
    timeoutSeconds: 60,
    may: { table: "use", poison: "read" },
    told: [],
    hears: "poison",
  },
  front: {
    paths: [],
    memoryMb: 256,
    timeoutSeconds: 5,
    may: {},
    told: ["YIHAO_FRONT_SECRET"],
    hears: "front",
  },
} as const satisfies Readonly<Record<string, FunctionPlan>>;

export type FunctionName = keyof typeof plans;
export const functions: Readonly<Record<FunctionName, FunctionPlan>> = plans;
export const functionNames = Object.keys(plans) as FunctionName[];

/** Rooms that react to what others wrote, each with a queue of its own for what it could not take from the stream. */
export const reactingRooms = [
  "ledger",
  "identity",
  "members",
  "community",
  "booking",
  "warehouse",
  "billing",
  "takeover",
  "merge",
  "hooks",
  "insight",
] as const;
/** Every queue: one a room for what it could not take, and one for letters on their way out. */
export const queues = [...reactingRooms, "mail"] as const;

/** Paths and the function that answers each, the narrowest first as the table has them. */
export const routes: readonly { readonly path: string; readonly name: FunctionName }[] = functionNames.flatMap((name) =>
  functions[name].paths.map((path) => ({ path, name })),
);

/** One permission in a role: never a wildcard of actions, never every resource. */
export type Permission = {
  readonly actions: readonly string[];
  /** Names of the contract, with what comes after the ARN. */
  readonly on: readonly {
    readonly name: "table" | "authTable" | "files" | "poison" | "dataKey" | "queues" | "letters";
    readonly under?: string;
  }[];
  /** The service through which alone the key may be used. */
  readonly via?: "dynamodb" | "s3";
  /** Partitions of the table that alone may be named; a call without a key names none and is denied. */
  readonly keys?: readonly string[];
};

/** What the sender of webhooks reaches: endpoints, their secrets, deliveries and attempts of every space. */
export const hookPartitions: readonly string[] = ["spc_*#hooks", "spc_*#hook-*"];
const hookActions = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:UpdateItem"];
/** What the mail function reaches: letters, to read one and to write down what became of it. */
export const letterPartitions: readonly string[] = ["platform#mail"];
const letterActions = ["dynamodb:GetItem", "dynamodb:UpdateItem"];

/** Reads and writes of items as rooms do them: a transaction is allowed by the actions that it is made of. No function may scan or delete a table. */
export const itemActions: readonly string[] = [
  "dynamodb:GetItem",
  "dynamodb:BatchGetItem",
  "dynamodb:Query",
  "dynamodb:ConditionCheckItem",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
];
const keyActions = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"];

/** What a function's role allows, from its line of the table and from nothing else. */
export function permissionsOf({ may }: FunctionPlan): Permission[] {
  const found: Permission[] = [];
  for (const name of ["table", "authTable"] as const)
    if (may[name] === "use") found.push({ actions: itemActions, on: [{ name }] });
  if (may.table === "hooks") found.push({ actions: hookActions, on: [{ name: "table" }], keys: hookPartitions });
  if (may.table === "letters") found.push({ actions: letterActions, on: [{ name: "table" }], keys: letterPartitions });
  if (may.table || may.authTable) found.push({ actions: keyActions, on: [{ name: "dataKey" }], via: "dynamodb" });
  if (may.files) {
    const keep = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];
    found.push({
      actions: may.files === "keep" ? keep : ["s3:GetObject", "s3:DeleteObject"],
      on: [{ name: "files", under: "/*" }],
    });
    // Without it a missing file is told as forbidden.
    found.push({ actions: ["s3:ListBucket"], on: [{ name: "files" }] });
  }
  if (may.poison === "write") {
    found.push({ actions: ["s3:PutObject"], on: [{ name: "poison", under: "/*" }] });
    found.push({ actions: ["s3:ListBucket"], on: [{ name: "poison" }] });
  }
  if (may.poison === "read") found.push({ actions: ["s3:GetObject"], on: [{ name: "poison", under: "/*" }] });
  if (may.queues === "send")
    found.push({ actions: ["sqs:SendMessage"], on: [{ name: "queues" }, { name: "letters" }] });
  if (may.queues === "receive" || may.queues === "letters")
    found.push({
      actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      on: [{ name: may.queues === "receive" ? "queues" : "letters" }],
    });
  if (may.files || may.poison) found.push({ actions: keyActions, on: [{ name: "dataKey" }], via: "s3" });
  return found;
}
