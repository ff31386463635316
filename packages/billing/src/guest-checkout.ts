import { openGuestBooking } from "@yihao/booking/guest-actions";
import { decidePayable } from "@yihao/booking/hold";
import type { Booking, BookingRefusal } from "@yihao/booking/model";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import { dueAt } from "@yihao/table/due";
import { leastMinor, recordIntent, recordPage } from "./checkout.ts";
import { accountFor } from "./merchant-store.ts";
import type { BillingRefusal } from "./model.ts";
import type { HostedPage, PaymentProvider } from "./provider.ts";
import { paymentsOn } from "./store.ts";

/** How a guest's booking is named on papers and by telephone. */
export const bookingReference = ({ id }: Pick<Booking, "id">): string => id.slice(4, 12).toUpperCase();

/**
 * Asks the provider for a page on which a guest pays what is held for them. A page asked for before is given again. When the hold ends the page is shut by a timer; what is paid
 * in between all the same is settled as money that came late. Refused as `missing`, `booking.not-held`, `payment.too-small` and `payment.provider-down`.
 */
export async function askGuestPage(
  platform: PlatformScope,
  provider: PaymentProvider,
  token: string,
  home: string,
): Promise<Outcome<{ readonly url: string }, BillingRefusal | BookingRefusal | "missing">> {
  const found = await openGuestBooking(platform, token);
  if (!found.ok) return found;
  const { scope, booking } = found.value;
  const payable = decidePayable(booking, scope.now);
  if (!payable.ok) return payable;
  const amountMinor = booking.price.totalMinor;
  if (amountMinor < leastMinor) return refuse("payment.too-small", { leastMinor });
  const open = (await paymentsOn(scope, booking.id)).find(({ state, url }) => state === "open" && url !== undefined);
  if (open?.url) return accept({ url: open.url });
  const { company, companyName, guest } = booking;
  const { account } = await accountFor(scope);
  const about = {
    ...{ company, companyName, amountMinor, reference: bookingReference(booking), booking: booking.id },
    ...(account ? { account } : {}),
  };
  const payment = await recordIntent(scope, provider, about, [
    dueAt(scope, payable.value.until, "billing.close-page", booking.id),
  ]);
  let page: HostedPage;
  try {
    page = await provider.page({
      ...{ space: scope.space, account: payment.account, payment: payment.id, amountMinor, currency: "cny" },
      ...{ title: `${booking.resourceName} ${booking.day}`, language: guest?.language === "en" ? "en" : "zh" },
      ...{ successUrl: `${home}/guest/${token}?paid=1`, cancelUrl: `${home}/guest/${token}?back=1` },
    });
  } catch {
    return refuse("payment.provider-down");
  }
  await recordPage(scope, payment.id, page);
  return accept({ url: page.url });
}
