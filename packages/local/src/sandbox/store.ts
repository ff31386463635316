import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { IntentRecord, SessionRecord, State } from "./model.ts";

const DAY_SECONDS = 86_400;
const KEY_DAYS = 1;
const EVENT_DAYS = 30;
const DELIVERIES_KEPT = 2_000;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A fresh id such as `cs_test_…`: the prefix and 24 random letters and digits. */
export function freshId(prefix: string): string {
  return `${prefix}_${Array.from(randomBytes(24), (byte) => ALPHABET[byte % ALPHABET.length]).join("")}`;
}

export type Store = {
  readonly state: State;
  /** Writes everything to disk before it returns; after it, kill -9 loses nothing. */
  readonly save: () => void;
};

/** Opens the sandbox's JSON file, or begins an empty one; throws on a file that is not its own rather than losing it. */
export function openStore(file: string): Store {
  const state = existsSync(file) ? readState(file) : emptyState();
  const save = () => writeWhole(file, JSON.stringify(state));
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    save();
  }
  return { state, save };
}

/** Forgets idempotency keys after a day, events after 30 days (both Stripe's own terms), and all but the newest deliveries. */
export function forgetOld(state: State, nowSeconds: number): void {
  for (const [key, answer] of Object.entries(state.answers)) {
    if (answer.created < nowSeconds - KEY_DAYS * DAY_SECONDS) delete state.answers[key];
  }
  const pending = new Set(state.deliveries.filter((one) => one.state === "pending").map((one) => one.event));
  const oldest = nowSeconds - EVENT_DAYS * DAY_SECONDS;
  if (state.events.some((event) => event.created < oldest)) {
    state.events = state.events.filter((event) => event.created >= oldest || pending.has(event.id));
  }
  if (state.deliveries.length > DELIVERIES_KEPT) {
    const surplus = state.deliveries.length - DELIVERIES_KEPT;
    state.deliveries = state.deliveries.filter((one, index) => index >= surplus || one.state === "pending");
  }
}

function emptyState(): State {
  return {
    version: 2,
    secret: randomBytes(32).toString("hex"),
    sessions: {},
    intents: {},
    charges: {},
    refunds: {},
    customers: {},
    methods: {},
    setups: {},
    disputes: {},
    files: {},
    accounts: {},
    portals: {},
    portalSetUps: {},
    events: [],
    deliveries: [],
    answers: {},
    merchants: {},
    faults: [],
  };
}

function readState(file: string): State {
  const read = JSON.parse(readFileSync(file, "utf8")) as { version?: unknown; secret?: unknown };
  if ((read.version !== 1 && read.version !== 2) || typeof read.secret !== "string")
    throw new Error(`${file} is not a payment sandbox's state`);
  return read.version === 2
    ? { ...emptyState(), ...(read as Partial<State>), disputes: answerable((read as Partial<State>).disputes) }
    : fromFirst(read as unknown as Omit<State, "version">);
}

/** Disputes of before evidence was taken have none. */
const answerable = (disputes: State["disputes"] = {}): State["disputes"] =>
  Object.fromEntries(
    Object.entries(disputes).map(([id, one]) => {
      const submissions = one.status === "needs_response" ? 0 : 1;
      return [id, { ...{ evidence: {}, submissions, metadata: {} }, ...one }];
    }),
  );

/** The first version knew neither saved ways to pay nor disputes, and its payments had everything from their sessions. */
function fromFirst(old: Omit<State, "version">): State {
  const sessions = Object.entries(old.sessions).map(([id, one]) => [
    id,
    { ...one, mode: "payment", customer: null, futureUse: false, setupMetadata: {}, setup: null } as const,
  ]);
  const intents = Object.entries(old.intents).map(([id, one]) => {
    const session = old.sessions[one.session ?? ""]!;
    return [
      id,
      { ...intentFrom({ ...session, customer: null, futureUse: false }), ...one, paymentMethod: paidWith(old, one) },
    ];
  });
  const charges = Object.entries(old.charges).map(([id, one]) => [id, { ...one, disputed: false }]);
  return {
    ...emptyState(),
    ...old,
    version: 2,
    sessions: Object.fromEntries(sessions),
    intents: Object.fromEntries(intents),
    charges: Object.fromEntries(charges),
  };
}

const paidWith = ({ charges }: Omit<State, "version">, { status, charge }: IntentRecord) =>
  status === "succeeded" && charge !== null ? (charges[charge]?.paymentMethod ?? null) : null;

/** What a payment has from the session that it belongs to. */
export function intentFrom(session: SessionRecord) {
  return {
    session: session.id,
    amountMinor: session.totalMinor,
    currency: session.currency,
    metadata: session.intentMetadata,
    description: session.intentDescription,
    receiptEmail: session.receiptEmail,
    feeMinor: session.feeMinor,
    allowed: session.allowed,
    customer: session.customer,
    futureUse: session.futureUse,
  };
}

function writeWhole(file: string, content: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  const handle = openSync(draft, "w", 0o600);
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
