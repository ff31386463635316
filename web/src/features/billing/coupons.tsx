import { plusDays } from "@yihao/kernel/days";
import { Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { createForm, type Form } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { media } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { DateField, NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { lessSaid } from "./charge-detail.tsx";
import { addCoupon, type CouponRow, redeemCoupon, retireCoupon, useCoupons } from "./charges-data.ts";
import { chargeWords } from "./charges-words.ts";
import { LessFields, type LessValues, lessBlank, lessFaults, lessOf } from "./less-fields.tsx";

/** The space's coupons: code, what each takes, how often it was used. */
export function CouponTable(props: { space: string; mayRetire: boolean }) {
  const t = chargeWords();
  const tablet = media("(min-width: 768px)");
  const coupons = useCoupons(
    () => props.space,
    () => true,
  );
  const retire = async ({ id, code }: CouponRow) => {
    try {
      await retireCoupon(props.space, id, newIntent());
      toast({ text: t.retiredNow(code), tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };
  const state = (one: CouponRow) => (
    <Status is={one.state === "active" ? "active" : "off"} text={one.state === "active" ? t.active : t.retired} />
  );
  const last = (one: CouponRow) => (
    <span class="flex items-center justify-between gap-2">
      {state(one)}
      <Show when={one.state === "active" && props.mayRetire}>
        <Button kind="text" onClick={() => void retire(one)}>
          {t.retire}
        </Button>
      </Show>
    </span>
  );
  const wide = (): Column<CouponRow>[] => [
    { key: "code", head: t.code, width: "20%", cell: (one) => <Plate>{one.code}</Plate> },
    { key: "name", head: t.couponName, cell: (one) => `${one.name} · ${lessSaid(one.less)}` },
    { key: "valid", head: t.valid, width: "200px", from: "desk", cell: (one) => `${one.from} – ${one.until}` },
    { key: "used", head: t.used, width: "96px", align: "end", cell: (one) => t.usedOf(one.used, one.usesMost) },
    { key: "state", head: t.state, width: "176px", cell: last },
  ];
  const narrow = (): Column<CouponRow>[] => [
    {
      key: "code",
      head: t.code,
      cell: (one) => (
        <span class="block leading-5">
          <span class="block truncate font-mono text-xs">{one.code}</span>
          <span class="block truncate text-xs text-fg-3">
            {one.name} · {t.usedOf(one.used, one.usesMost)}
          </span>
        </span>
      ),
    },
    { key: "state", head: t.state, width: "160px", cell: last },
  ];
  return (
    <DataTable
      label={t.coupons}
      rows={coupons.data ?? []}
      columns={tablet() ? wide() : narrow()}
      rowKey={(one) => one.id}
      rowHeight={tablet() ? 40 : 56}
      state={coupons.isPending ? "loading" : coupons.isError ? "error" : "ready"}
      problem={coupons.error}
      errorTitle={t.notRead}
      onRetry={() => coupons.refetch()}
      empty={<EmptyState title={t.noCoupons}>{t.noCouponsSay}</EmptyState>}
    />
  );
}

/** Makes a coupon. */
export function CouponDrawer(props: { space: string; today: string; open: boolean; onClose: () => void }) {
  const t = chargeWords();
  const whole = (value: number | undefined) => Number.isInteger(value) && (value ?? 0) >= 1;
  const form = createForm({
    name: "coupon",
    initial: {
      code: "",
      name: "",
      from: props.today,
      until: plusDays(props.today, 31),
      months: 1 as number | undefined,
      usesMost: 10 as number | undefined,
      ...lessBlank,
    },
    check: (values) => ({
      code: /^[A-Za-z0-9-]{6,24}$/.test(values.code.trim()) ? undefined : t.needCode,
      name: values.name.trim() ? undefined : t.needName,
      from: values.from ? undefined : t.needDay,
      until: !values.until ? t.needDay : values.until > values.from ? undefined : t.needOrder,
      months: whole(values.months) ? undefined : t.needMonths,
      usesMost: whole(values.usesMost) ? undefined : t.needMonths,
      ...lessFaults(values),
    }),
    submit: async ({ code, name, from, until, months = 1, usesMost = 1, ...less }, intent) => {
      const wish = { code: code.trim(), name: name.trim(), from, until, months, usesMost, ...lessOf(less) };
      const made = await addCoupon(props.space, wish, intent);
      toast({ text: t.made(made.code), tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.coupon} form={form} act={t.make}>
      <p class="text-fg-2">{t.couponSay}</p>
      <TextField label={t.code} hint={t.codeHint} mono maxLength={24} bind={form.field("code")} />
      <TextField label={t.couponName} hint={t.nameHint} maxLength={40} bind={form.field("name")} />
      <LessFields form={form as unknown as Form<LessValues & Record<string, unknown>>} />
      <div class="y-pair">
        <DateField label={t.validFrom} today={props.today} bind={form.field("from")} />
        <DateField label={t.validUntil} today={props.today} bind={form.field("until")} />
      </div>
      <div class="y-pair">
        <NumberField label={t.bills} min={1} max={24} bind={form.field("months")} />
        <NumberField label={t.usesMost} min={1} max={10000} bind={form.field("usesMost")} />
      </div>
    </FormDrawer>
  );
}

/** Takes a coupon by its code, in the portal. */
export function RedeemDrawer(props: { space: string; open: boolean; onClose: () => void }) {
  const t = chargeWords();
  const form = createForm({
    name: "redeem",
    initial: { code: "" },
    check: ({ code }) => ({ code: code.trim() ? undefined : t.needCode }),
    submit: async ({ code }, intent) => {
      const { name } = await redeemCoupon(props.space, code.trim(), intent);
      toast({ text: t.redeemed(name), tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.redeem} form={form} act={t.redeem}>
      <p class="text-fg-2">{t.redeemSay}</p>
      <TextField label={t.code} mono maxLength={40} bind={form.field("code")} />
    </FormDrawer>
  );
}
