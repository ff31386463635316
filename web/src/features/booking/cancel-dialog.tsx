import type { BookingRowView } from "@yihao/booking/model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { clockRange, dayProse, hours, money } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { toast } from "../../ui/toast.tsx";
import { cancelBooking } from "./data.ts";
import { bookingWords } from "./words.ts";

/** When a row is: its local day and time, or the whole day of a desk. */
export function whenOf(
  row: Pick<BookingRowView, "day" | "kind" | "from" | "until" | "zone">,
  wholeDay: string,
): string {
  return `${dayProse(row.day)} ${row.kind === "desk" ? wholeDay : clockRange(row.from, row.until, row.zone)}`;
}

/** Asks before a booking is cancelled, and names what comes back. */
export function CancelDialog(props: { space: string; row: BookingRowView | undefined; onClose: () => void }) {
  const t = bookingWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const close = () => {
    setProblem(undefined);
    props.onClose();
  };
  const cancel = async (row: BookingRowView) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await cancelBooking(props.space, row, newIntent());
      toast({ text: t.cancelled(row.code) });
      close();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.row !== undefined}
      onClose={close}
      title={t.cancelTitle(props.row?.code ?? "")}
      foot={
        <>
          <Button kind="danger" busy={busy()} onClick={() => props.row && void cancel(props.row)}>
            {t.cancel}
          </Button>
          <Button onClick={close}>{t.keep}</Button>
        </>
      }
    >
      <Show when={props.row}>
        {(row) => (
          <div class="flex flex-col gap-3">
            <p>{t.cancelSay(whenOf(row(), t.wholeDay))}</p>
            <Show when={row().totalMinor > 0 || row().allowanceMinutes > 0} fallback={<p>{t.backNothing}</p>}>
              <p>{t.cancelBack}</p>
              <ul class="list-disc pl-5">
                <Show when={row().totalMinor > 0}>
                  <li>{t.backMoney(money(row().totalMinor))}</li>
                </Show>
                <Show when={row().allowanceMinutes > 0}>
                  <li>{t.backMinutes(hours(row().allowanceMinutes))}</li>
                </Show>
              </ul>
            </Show>
            <Show when={problem() !== undefined}>
              <ErrorState title={t.cancelTitle(row().code)} problem={problem()} />
            </Show>
          </div>
        )}
      </Show>
    </Dialog>
  );
}
