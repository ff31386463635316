import { z } from "zod";
import { enableAccount } from "./account-endpoints.ts";
import { openDispute, settleDispute } from "./dispute.ts";
import { API_FAULTS, HOOK_FAULTS, type State } from "./model.ts";
import { payByCard, payByWallet } from "./pay-route.ts";
import { attemptPayment } from "./payment.ts";
import type { Courier } from "./webhooks.ts";

const faultBody = z.strictObject({
  kind: z.enum([...API_FAULTS, ...HOOK_FAULTS]),
  times: z.int().min(1).max(1_000).default(1),
  path: z.string().startsWith("/").optional(),
  delayMs: z.int().min(0).max(3_600_000).optional(),
});
const merchantBody = z.strictObject({ account: z.string().nullable(), name: z.string().min(1).max(250) });
const payBody = z.strictObject({
  method: z.enum(["card", "alipay", "wechat_pay"]).default("card"),
  number: z.string().default("4242424242424242"),
  fails: z.boolean().default(false),
});

const declineBody = z.strictObject({ code: z.string().default("card_declined"), declineCode: z.string().nullable() });
const disputeBody = z.strictObject({
  reason: z.string().default("fraudulent"),
  amountMinor: z.int().min(1).optional(),
});
const settleBody = z.strictObject({ status: z.enum(["under_review", "won", "lost", "returned"]) });

export type ControlReply = { readonly status: number; readonly body: unknown };

/** The sandbox's own API under /control: faults to come, deliveries made, names of merchants, and paying without a browser. */
export function answerControl(
  request: { readonly method: string; readonly path: string; readonly body: string },
  state: State,
  courier: Courier,
  now: Date,
): ControlReply {
  const [, noun, id, verb] = request.path.split("/").slice(1);
  const to = `${request.method} ${[noun, id && "*", verb].filter(Boolean).join("/")}`;
  const read = <T>(schema: z.ZodType<T>) => schema.safeParse(json(request.body));

  if (to === "GET faults") return { status: 200, body: state.faults };
  if (to === "DELETE faults") {
    state.faults = [];
    return { status: 200, body: [] };
  }
  if (to === "POST faults") {
    const fault = read(faultBody);
    if (!fault.success) return refused(fault.error);
    state.faults.push(fault.data);
    return { status: 200, body: state.faults };
  }
  if (to === "GET deliveries") {
    const types = new Map(state.events.map((event) => [event.id, event.type]));
    return { status: 200, body: state.deliveries.map((one) => ({ ...one, type: types.get(one.event) ?? null })) };
  }
  if (to === "POST deliveries/*/resend") {
    const delivery = state.deliveries.find((one) => one.id === id);
    if (!delivery) return { status: 404, body: { message: "No such delivery" } };
    courier.resend(delivery);
    return { status: 202, body: delivery };
  }
  if (to === "POST merchants") {
    const merchant = read(merchantBody);
    if (!merchant.success) return refused(merchant.error);
    state.merchants[merchant.data.account ?? ""] = merchant.data.name;
    return { status: 200, body: state.merchants };
  }
  if (to === "POST sessions/*/pay") {
    const payer = read(payBody);
    if (!payer.success) return refused(payer.error);
    const session = id !== undefined && Object.hasOwn(state.sessions, id) ? state.sessions[id] : undefined;
    if (!session) return { status: 404, body: { message: "No such session" } };
    const { method, number, fails } = payer.data;
    const expiry = `12/${now.getUTCFullYear() + 1}`;
    const attempted = method === "card" ? payByCard({ number, expiry, cvc: "123" }, now) : payByWallet(method, fails);
    if ("faults" in attempted) return { status: 422, body: attempted.faults };
    const outcome = attemptPayment(state, session, attempted, Math.floor(now.getTime() / 1000));
    return { status: 200, body: { outcome, decline: attempted.decline } };
  }
  if (to === "POST methods/*/decline") {
    const wish = read(declineBody);
    if (!wish.success) return refused(wish.error);
    const method = found(state.methods, id);
    if (!method) return { status: 404, body: { message: "No such payment method" } };
    const { code, declineCode } = wish.data;
    method.offSession = declineCode === null ? null : { code, declineCode, message: "Your card was declined." };
    return { status: 200, body: method };
  }
  if (to === "POST intents/*/dispute") {
    const wish = read(disputeBody);
    if (!wish.success) return refused(wish.error);
    const dispute = openDispute(state, id ?? "", wish.data, Math.floor(now.getTime() / 1000));
    return dispute ? { status: 200, body: dispute } : { status: 404, body: { message: "Nothing to dispute" } };
  }
  if (to === "POST disputes/*/settle") {
    const wish = read(settleBody);
    if (!wish.success) return refused(wish.error);
    const dispute = found(state.disputes, id);
    if (!dispute) return { status: 404, body: { message: "No such dispute" } };
    settleDispute(state, dispute, wish.data.status, Math.floor(now.getTime() / 1000));
    return { status: 200, body: dispute };
  }
  if (to === "POST accounts/*/enable") {
    const account = found(state.accounts, id);
    if (!account) return { status: 404, body: { message: "No such account" } };
    enableAccount(state, account, true, Math.floor(now.getTime() / 1000));
    return { status: 200, body: account };
  }
  if (to === "GET accounts") return { status: 200, body: Object.values(state.accounts) };
  if (to === "GET intents") return { status: 200, body: Object.values(state.intents) };
  if (to === "GET charges") return { status: 200, body: Object.values(state.charges) };
  if (to === "GET methods") return { status: 200, body: Object.values(state.methods) };
  if (to === "GET disputes") return { status: 200, body: Object.values(state.disputes) };
  return { status: 404, body: { message: `No such control: ${to}` } };
}

const found = <T>(records: Record<string, T>, id: string | undefined): T | undefined =>
  id !== undefined && Object.hasOwn(records, id) ? records[id] : undefined;

function refused(error: z.ZodError): ControlReply {
  return { status: 400, body: { message: z.prettifyError(error) } };
}

function json(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
