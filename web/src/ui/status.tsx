import { dictionary } from "../i18n.ts";

const marks = {
  dot: '<circle cx="7" cy="7" r="5.25" class="o"/><circle cx="7" cy="7" r="2.9" fill="currentColor"/>',
  ring: '<circle cx="7" cy="7" r="5.25" class="o"/>',
  half: '<circle cx="7" cy="7" r="5.25" class="o"/><path d="M7 1.75a5.25 5.25 0 0 1 0 10.5z" fill="currentColor"/>',
  clock: '<circle cx="7" cy="7" r="5.25" class="o"/><path d="M7 3.8V7l2.1 1.4" class="o"/>',
  disc: '<circle cx="7" cy="7" r="6.25" fill="currentColor"/><path d="m4 7.2 2.1 2.1L10 5.1" class="m"/>',
  tick: '<path d="m1.8 7.5 3.4 3.4 7-7.6" class="o"/>',
  triangle: '<path d="M7 .9 13.6 12.6H.4z" fill="currentColor"/><path d="M7 5v3.7M7 9.9v1.3" class="m"/>',
  octagon:
    '<path d="M4.3.6h5.4l3.7 3.7v5.4l-3.7 3.7H4.3L.6 9.7V4.3z" fill="currentColor"/><path d="M7 3.4v4.4M7 9.2v1.5" class="m"/>',
  squares: '<path d="M1 1h8v8H1z" class="o"/><path d="M5 5h8v8H5z" fill="currentColor"/>',
  slashed: '<circle cx="7" cy="7" r="5.25" class="o"/><path d="M3.4 10.6 10.6 3.4" class="o"/>',
  dashed: '<circle cx="7" cy="7" r="5.25" class="o" stroke-dasharray="2.2 1.9"/>',
  cloud: '<path d="M4 11.5a2.8 2.8 0 0 1-.4-5.5 3.6 3.6 0 0 1 6.8.4 2.6 2.6 0 0 1 .1 5.1zM1.5 1.5 12.5 13" class="o"/>',
  info: '<path d="M1 1h12v12H1z" fill="currentColor"/><path d="M7 6.2v4.3M7 3.5v1.4" class="m"/>',
} as const;

export type StatusShape = keyof typeof marks;
export type Tone = "brand" | "neutral" | "info" | "good" | "muted" | "warn" | "bad";

const words = dictionary({
  zh: {
    inUse: "使用中",
    live: "实时",
    free: "空闲",
    booked: "已预订",
    due: "待到",
    requested: "待批",
    held: "待付款",
    unpaid: "未付款",
    declined: "未批准",
    lapsed: "已过期",
    withdrawn: "已撤回",
    partPaid: "部分已收",
    inProgress: "处理中",
    picking: "拣货中",
    queued: "待发",
    dueSoon: "即将到期",
    in: "已到",
    active: "在驻",
    enough: "充足",
    paid: "已付",
    checkedIn: "已签到",
    done: "已完成",
    sent: "已交",
    closed: "已取消",
    voided: "已作废",
    writtenOff: "已核销",
    noShow: "未签到",
    low: "低库存",
    mismatch: "差异",
    overdue: "逾期",
    alarm: "告警",
    conflict: "冲突",
    disputed: "争议",
    off: "停用",
    soldOut: "售罄",
    draft: "草稿",
    signing: "签约中",
    offline: "离线",
  },
  en: {
    inUse: "In use",
    live: "Live",
    free: "Free",
    booked: "Booked",
    due: "Due",
    requested: "Requested",
    held: "To be paid",
    unpaid: "Not paid",
    declined: "Declined",
    lapsed: "Lapsed",
    withdrawn: "Withdrawn",
    partPaid: "Part paid",
    inProgress: "In progress",
    picking: "Picking",
    queued: "Queued",
    dueSoon: "Due soon",
    in: "In",
    active: "Active",
    enough: "Enough",
    paid: "Paid",
    checkedIn: "Checked in",
    done: "Done",
    sent: "Sent",
    closed: "Cancelled",
    voided: "Void",
    writtenOff: "Written off",
    noShow: "No-show",
    low: "Low",
    mismatch: "Mismatch",
    overdue: "Overdue",
    alarm: "Alarm",
    conflict: "Conflict",
    disputed: "Disputed",
    off: "Off",
    soldOut: "Sold out",
    draft: "Draft",
    signing: "Signing",
    offline: "Offline",
  },
});

export type StatusName = keyof ReturnType<typeof words>;

const looks: { readonly [Name in StatusName]: readonly [StatusShape, Tone] } = {
  inUse: ["dot", "brand"],
  live: ["dot", "brand"],
  free: ["ring", "neutral"],
  booked: ["ring", "neutral"],
  due: ["ring", "neutral"],
  requested: ["clock", "warn"],
  held: ["clock", "muted"],
  unpaid: ["slashed", "muted"],
  declined: ["slashed", "bad"],
  lapsed: ["slashed", "muted"],
  withdrawn: ["slashed", "muted"],
  partPaid: ["half", "info"],
  inProgress: ["half", "info"],
  picking: ["half", "info"],
  queued: ["clock", "neutral"],
  dueSoon: ["clock", "warn"],
  in: ["disc", "good"],
  active: ["disc", "good"],
  enough: ["disc", "good"],
  paid: ["disc", "good"],
  checkedIn: ["tick", "muted"],
  done: ["tick", "muted"],
  sent: ["tick", "muted"],
  closed: ["slashed", "muted"],
  voided: ["slashed", "muted"],
  writtenOff: ["slashed", "muted"],
  noShow: ["triangle", "warn"],
  low: ["triangle", "warn"],
  mismatch: ["triangle", "warn"],
  overdue: ["octagon", "bad"],
  alarm: ["octagon", "bad"],
  conflict: ["squares", "bad"],
  disputed: ["squares", "bad"],
  off: ["slashed", "neutral"],
  soldOut: ["slashed", "bad"],
  draft: ["dashed", "neutral"],
  signing: ["dashed", "neutral"],
  offline: ["cloud", "warn"],
};

/** Every status of the vocabulary, for the gallery. */
export const statusNames = Object.keys(looks) as readonly StatusName[];

/** The shape and tone of a status, for maps and timelines that draw it themselves. */
export const statusLook = (name: StatusName): { shape: StatusShape; tone: Tone } => ({
  shape: looks[name][0],
  tone: looks[name][1],
});

/** The word of a status in the language of the screen. */
export const statusWord = (name: StatusName): string => words()[name];

/** Only the shape; put the word beside it yourself. */
export function StatusMark(props: { shape: StatusShape; tone?: Tone; size?: number }) {
  return (
    <svg
      class={`y-mark y-tone-${props.tone ?? "neutral"}`}
      width={props.size ?? 14}
      height={props.size ?? 14}
      viewBox="0 0 14 14"
      aria-hidden="true"
      innerHTML={marks[props.shape]}
    />
  );
}

/** Shape, word and tone of a state; `text` replaces the word (7 天后到期) and `tone` its urgency, never its shape. */
export function Status(props: { is: StatusName; text?: string; tone?: Tone; chip?: boolean }) {
  const tone = () => props.tone ?? looks[props.is][1];
  return (
    <span class={`y-status y-tone-${tone()}`} classList={{ "y-status-chip": props.chip === true }}>
      <StatusMark shape={looks[props.is][0]} tone={tone()} />
      <span>{props.text ?? words()[props.is]}</span>
    </span>
  );
}
