import type { PlanRefusal } from "@yihao/booking/plan-model";
import type { VisitorRefusal } from "@yihao/booking/visitor-model";
import { registerRefusals } from "../../refusals.ts";

/** What selling a day pass is refused with. */
type SaleRefusal =
  | "booking.closed"
  | "booking.past"
  | "booking.horizon"
  | "booking.not-held"
  | "payment.reference-used";

registerRefusals<SaleRefusal>("day-pass", {
  zh: {
    "booking.closed": () => "这段时间不在开放时间里，换一段再订",
    "booking.past": () => "这段时间已经过去，换一段再订",
    "booking.horizon": (p) => `最多提前 ${String(p.days)} 天预订`,
    "booking.not-held": () => "这个预订已经不在等付款",
    "payment.reference-used": (p) => `流水号 ${String(p.reference)} 已经登记过，核对后再登记`,
  },
  en: {
    "booking.closed": () => "Outside opening hours. Choose another time",
    "booking.past": () => "This time has passed. Choose another",
    "booking.horizon": (p) => `Book at most ${String(p.days)} days ahead`,
    "booking.not-held": () => "This booking is not waiting to be paid any more",
    "payment.reference-used": (p) => `Reference ${String(p.reference)} is already recorded. Check it first`,
  },
});

registerRefusals<VisitorRefusal>("visitor", {
  zh: {
    "visitor.past": () => "这一天已经过了，选今天或以后",
    "visitor.too-far": (p) => `最多提前 ${String(p.most)} 天邀请`,
    "visitor.not-today": (p) => `这位访客是 ${String(p.day)} 来，不是今天`,
    "visitor.cancelled": () => "邀请已经取消，需要的话重新邀请",
    "visitor.not-here": () => "这位访客不在里面",
    "visitor.came": () => "这位访客已经到过，邀请不能再改",
    "visitor.no-pass": () => "这一天没有访客名额了，买一包或不用名额",
    "visitor.too-many": (p) => `邀请太多，${String(p.minutes)} 分后再试`,
  },
  en: {
    "visitor.past": () => "That day is over. Choose today or later",
    "visitor.too-far": (p) => `Invite at most ${String(p.most)} days ahead`,
    "visitor.not-today": (p) => `This visitor comes on ${String(p.day)}, not today`,
    "visitor.cancelled": () => "The invitation was cancelled. Invite again if needed",
    "visitor.not-here": () => "This visitor is not inside",
    "visitor.came": () => "This visitor has come, so the invitation cannot be changed",
    "visitor.no-pass": () => "No guest pass is left for that day. Buy a pack, or invite without one",
    "visitor.too-many": (p) => `Too many invitations. Try again in ${String(p.minutes)} min`,
  },
});

registerRefusals<PlanRefusal>("plan", {
  zh: {
    "plan.image-type": () => "平面图要 PNG、JPEG 或 WebP 图片，不收 SVG",
    "plan.image-size": () => "图片超过 5 MB，压缩后再传",
    "plan.image-not-there": () => "图片没有传完，再传一次",
    "plan.image-mismatch": () => "文件内容和类型不符，换一张图片",
    "plan.elsewhere": () => "有一处已不在这一层，重新打开平面图再改",
  },
  en: {
    "plan.image-type": () => "A plan is a PNG, JPEG or WebP image; SVG is not accepted",
    "plan.image-size": () => "The image is over 5 MB. Make it smaller and try again",
    "plan.image-not-there": () => "The image did not arrive whole. Upload it again",
    "plan.image-mismatch": () => "The file is not what its type says. Choose another image",
    "plan.elsewhere": () => "One of the places is no longer on this floor. Open the plan again",
  },
});
