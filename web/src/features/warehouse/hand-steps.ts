import type { Found } from "@yihao/warehouse/count-model";
import type { Pick, PickTask } from "@yihao/warehouse/order-model";
import type { NewCarton, Shipment } from "@yihao/warehouse/pack-model";
import type { NewPallet, OneCarton, PalletCarton, SendPallets } from "@yihao/warehouse/pallet-model";
import type { DecideReturn, ReceiveReturn, ReturnDecision } from "@yihao/warehouse/return-model";
import type { GiveUp } from "@yihao/warehouse/scan-exception-model";
import type { Putaway } from "@yihao/warehouse/stock-model";
import type { NewSiteTransfer, ReceiveTransfer } from "@yihao/warehouse/transfer-model";
import type { WavePick, WaveSort } from "@yihao/warehouse/wave-model";
import type { Entry, Queue } from "../../offline/queue.ts";

/** Goods as a step names them. */
export type StepGoods = {
  readonly product: string;
  readonly name: string;
  readonly code?: string | undefined;
  readonly gtin?: string | undefined;
  readonly company?: string | undefined;
};

/** A pallet by its id and the code of its label; `name` is what the queue and a report tell of the step. */
type OnPallet = { readonly pallet: string; readonly code: string; readonly name: string };

/**
 * What a phone can do without a network, by kind, with what is shown of it before the server knows. A new kind of work needs an entry here, its words in `hand-step-words.ts`,
 * what it changes on screen in `hand-ahead.ts`, and is then sent by `submit(newStep(…))`.
 */
export type Steps = {
  /** On how many pallets a notice came. */
  arrive: { asn: string; pallets: number };
  receive: StepGoods & {
    asn: string;
    line: number;
    units: number;
    damaged: number;
    done: boolean;
    /** What came to receiving undamaged, by lot or serial where goods are told apart. */
    parcels: readonly { lot?: string; units: number }[];
  };
  putaway: StepGoods & { bin: string; units: number; lot?: string | undefined; asn?: string | undefined };
  pick: StepGoods & {
    order: string;
    line: number;
    bin: string;
    units: number;
    lot?: string | undefined;
    short?: Pick["short"];
  };
  ship: { order: string };
  pack: { order: string; items: NewCarton["items"]; grams: number; units: number };
  "return-receive": StepGoods & {
    back: string;
    line: number;
    units: number;
    parcels: readonly { lot?: string; units: number }[];
  };
  "return-decide": StepGoods & {
    back: string;
    line: number;
    units: number;
    decision: ReturnDecision;
    lot?: string | undefined;
  };
  "wave-pick": StepGoods & { wave: string; bin: string; units: number; lot?: string | undefined };
  "wave-sort": StepGoods & { wave: string; slot: number; line: number; units: number };
  move: StepGoods & { bin: string; to: string; units: number; lot?: string | undefined };
  "transfer-send": {
    /** The goods by their names, as the queue and a report tell them. */
    name: string;
    units: number;
    company: string;
    lines: readonly (StepGoods & { bin: string; units: number; lot?: string | undefined })[];
  };
  "transfer-receive": StepGoods & {
    transfer: string;
    line: number;
    units: number;
    damaged: number;
    lot?: string | undefined;
  };
  /** Begun under an id of the phone's own; \`code\` is the sign that is written on it until the server gives its number. */
  "pallet-begin": OnPallet & { company: string; warehouse: string };
  /** `code` is the pallet's; the carton is there where the phone knows it. */
  "pallet-load": OnPallet & { carton?: PalletCarton | undefined };
  "pallet-unload": OnPallet & { order: string; number: number };
  "pallet-close": OnPallet;
  "pallet-open": OnPallet;
  "pallet-dissolve": OnPallet;
  "pallet-ship": { name: string; pallets: readonly string[] };
  "count-begin": { count: string; bin: string };
  "count-found": { count: string; bin: string; units: number };
  report: { step: string; reason: GiveUp["reason"]; name?: string | undefined; bin?: string | undefined };
};
export type StepKind = keyof Steps;
/** One step as it lies in the queue. */
export type Step = { [K in StepKind]: Entry & { readonly kind: K; readonly about: Steps[K] } }[StepKind];

/** The entries of a queue as steps of the warehouse. */
export const stepsOf = (queue: Queue): readonly Step[] => queue as readonly Step[];

/**
 * Steps that something read at `dataAt` (milliseconds) does not show yet, in their order: those the server does not know, and those it did after it was read. Refused ones
 * did not happen.
 */
export const unseen = (queue: Queue, dataAt: number): readonly Step[] =>
  stepsOf(queue).filter(
    ({ state, doneAt }) => state === "waiting" || (state === "done" && Date.parse(doneAt ?? "") >= dataAt),
  );

/** The newest step by which goods were put away: what is left of them after it is a new task. */
export const lastPutaway = (queue: Queue, goods: { product: string; lot?: string | undefined }): string | undefined =>
  stepsOf(queue).findLast(
    (step) =>
      step.state !== "refused" &&
      step.kind === "putaway" &&
      step.about.product === goods.product &&
      step.about.lot === goods.lot,
  )?.id;

const at = (space: string, rest: string) => `/spaces/${space}/${rest}`;

/** Paths and bodies, as the API wants them. */
export const requests = {
  arrive: (space: string, asn: string) => at(space, `asns/${asn}/arrive`),
  receive: (space: string, asn: string, line: number) => at(space, `asns/${asn}/lines/${line}/receive`),
  putaway: (space: string) => at(space, "putaway"),
  pick: (space: string, order: string) => at(space, `orders/${order}/pick`),
  ship: (space: string, order: string) => at(space, `orders/${order}/ship`),
  pack: (space: string, order: string) => at(space, `orders/${order}/cartons`),
  returned: (space: string, back: string, line: number) => at(space, `returns/${back}/lines/${line}/receive`),
  decide: (space: string, back: string, line: number) => at(space, `returns/${back}/lines/${line}/decide`),
  wavePick: (space: string, wave: string) => at(space, `waves/${wave}/pick`),
  waveSort: (space: string, wave: string) => at(space, `waves/${wave}/sort`),
  move: (space: string) => at(space, "moves"),
  transfer: (space: string) => at(space, "transfers"),
  transferred: (space: string, transfer: string, line: number) =>
    at(space, `transfers/${transfer}/lines/${line}/receive`),
  pallet: (space: string, pallet: string, what: "load" | "unload" | "turn") => at(space, `pallets/${pallet}/${what}`),
  pallets: (space: string) => at(space, "pallets"),
  palletShip: (space: string) => at(space, "pallets/ship"),
  begin: (space: string, count: string, bin: string) => at(space, `counts/${count}/bins/${bin}/begin`),
  found: (space: string, count: string, bin: string) => at(space, `counts/${count}/bins/${bin}/found`),
  report: (space: string) => at(space, "scan-exceptions"),
} as const;

export type Bodies = {
  arrive: { pallets: number };
  receive: { units: number; damaged?: number; done?: boolean; lot?: string; expiry?: string; serials?: string[] };
  putaway: Putaway;
  pick: Pick;
  move: { warehouse: string; product: string; units: number; from: string; to: string; lot?: string };
  ship: { shipment?: Shipment };
  pack: NewCarton;
  "return-receive": ReceiveReturn;
  "return-decide": DecideReturn;
  "wave-pick": WavePick;
  "wave-sort": WaveSort;
  "transfer-send": NewSiteTransfer;
  "transfer-receive": ReceiveTransfer;
  "pallet-begin": NewPallet;
  "pallet-load": OneCarton;
  "pallet-unload": OneCarton;
  "pallet-close": { to: "closed" };
  "pallet-open": { to: "open" };
  "pallet-dissolve": { to: "dissolved" };
  "pallet-ship": SendPallets;
  "count-found": Found;
  report: GiveUp;
};

/** The goods of a pick task as a step names them. */
export const goodsOf = ({ product, name, code, gtin }: PickTask): StepGoods => ({ product, name, code, gtin });
