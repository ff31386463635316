/** Our own line icons on a 20 px grid, 1.5 px strokes; the value is the inside of the `<svg>`. */
const shapes = {
  today: '<path d="M2.5 8.5h15v7h-15zM5.5 8.5v2.5M8.5 8.5v1.75M14.5 8.5v2.5M11.5 3.5v12M9.5 3.5h4"/>',
  booking:
    '<path d="M3 3.75h14v13H3zM3 8h14M7.5 8v8.75"/><path d="M10 10.75h4.75v3H10z" fill="currentColor" stroke="none"/>',
  warehouse: '<path d="M3 2.5v15M17 2.5v15M3 8.75h14M3 15.25h14M6 5h4v3.75H6zM12 11.5h3v3.75h-3zM6 12.5h3.5v2.75H6z"/>',
  people:
    '<circle cx="7.5" cy="6.75" r="2.75"/><path d="M2.25 16.5c0-3 2-4.75 5.25-4.75s5.25 1.75 5.25 4.75M12.25 4.2a2.7 2.7 0 0 1 0 5.1M14.25 12.1c2.3.6 3.5 2.1 3.5 4.4"/>',
  bill: '<path d="M4.5 2.75h11v14.5l-1.85-1.4-1.8 1.4-1.85-1.4-1.85 1.4-1.8-1.4-1.85 1.4zM7.25 7h5.5M7.25 10.5h5.5"/>',
  sprout:
    '<path d="M10 17.5V9.75M10 11.75c0-3.6-2.4-5.75-6.5-5.75 0 3.7 2.4 5.75 6.5 5.75zM10 9.75c0-3.6 2.4-5.75 6.5-5.75 0 3.7-2.4 5.75-6.5 5.75z"/>',
  report: '<path d="M2.75 17h14.5M5.5 17v-5.5M10 17V3.5M14.5 17V8"/>',
  settings:
    '<path d="M2.75 6h6M13.25 6h4M2.75 14h2.5M9.75 14h7.5"/><circle cx="11" cy="6" r="2.25"/><circle cx="7.5" cy="14" r="2.25"/>',
  help: '<circle cx="10" cy="10" r="7"/><path d="M7.9 8a2.1 2.1 0 1 1 3.1 1.9c-.7.4-1 .8-1 1.6M10 13.5v1.25"/>',
  updown: '<path d="m6.5 8 3.5-3.5L13.5 8M6.5 12l3.5 3.5 3.5-3.5"/>',
  search: '<circle cx="8.75" cy="8.75" r="5"/><path d="m12.5 12.5 4.75 4.75"/>',
  bell: '<path d="M4.5 14.25V9a5.5 5.5 0 0 1 11 0v5.25M2.75 14.25h14.5M8 17h4"/>',
  moon: '<path d="M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z"/>',
  sun: '<circle cx="10" cy="10" r="3.25"/><path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M4.7 15.3l1.4-1.4M13.9 6.1l1.4-1.4"/>',
  left: '<path d="M12 5.5 7.5 10l4.5 4.5"/>',
  right: '<path d="M8 5.5 12.5 10 8 14.5"/>',
  up: '<path d="m5.5 12 4.5-4.5 4.5 4.5"/>',
  down: '<path d="m5.5 8 4.5 4.5L14.5 8"/>',
  arrowUp: '<path d="M10 16.5v-12M5.5 9 10 4.5 14.5 9"/>',
  arrowDown: '<path d="M10 3.5v12M5.5 11l4.5 4.5 4.5-4.5"/>',
  arrowRight: '<path d="M3.5 10h12M11 5.5l4.5 4.5-4.5 4.5"/>',
  door: '<path d="M4.5 17.25V3h11v14.25M2.5 17.25h15M12 9.5v2"/>',
  scan: '<path d="M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M3 10h14"/>',
  plus: '<path d="M10 4v12M4 10h12"/>',
  minus: '<path d="M4 10h12"/>',
  close: '<path d="m5 5 10 10M15 5 5 15"/>',
  check: '<path d="m3.75 10.5 4 4 8.5-9"/>',
  wifi: '<path d="M2.5 8a11 11 0 0 1 15 0M5 11a7.3 7.3 0 0 1 10 0M7.5 14a3.7 3.7 0 0 1 5 0"/><path d="M10 16.5h.01" stroke-width="2" stroke-linecap="square"/>',
  calendar: '<path d="M3 4.5h14V17H3zM3 8.5h14M6.75 2.5v4M13.25 2.5v4"/>',
  building: '<path d="M4 17.25V3h8v14.25M12 8h4.5v9.25M2.5 17.25h15M6.75 6.5h2.5M6.75 10h2.5M6.75 13.5h2.5"/>',
  filter: '<path d="M3 5.5h14M5.75 10h8.5M8.5 14.5h3"/>',
  download: '<path d="M10 3v9.5M6 8.75l4 4 4-4M3.5 16.5h13"/>',
  upload: '<path d="M10 13V3.25M6 7l4-4 4 4M3.5 16.5h13"/>',
  inbound: '<path d="M10 2.75v9M6 8l4 4 4-4M3 13.5v3.75h14V13.5"/>',
  outbound: '<path d="M10 12V3M6 6.75l4-4 4 4M3 13.5v3.75h14V13.5"/>',
  move: '<path d="M3 6.5h11.5M11.5 3.5l3 3-3 3M17 13.5H5.5M8.5 10.5l-3 3 3 3"/>',
  adjust: '<path d="M6.5 4v6M3.5 7h6M11 14.5h6M4.5 16 15.5 4"/>',
  count: '<path d="M4 4.5h7M4 9h7M4 13.5h4M10.5 14l2.25 2.25L17 11.5"/>',
  pause: '<path d="M7 4.5v11M13 4.5v11"/>',
  play: '<path d="M6.5 4v12l9-6z"/>',
  tag: '<path d="M3 3.5h7l7 7-6.5 6.5-7.5-7.5z"/><path d="M6.25 6.75h.01" stroke-width="2" stroke-linecap="square"/>',
  radio: '<path d="M3 5.5h6v9H3zM12 7.25a4.2 4.2 0 0 1 0 5.5M14.75 5a7.6 7.6 0 0 1 0 10"/>',
  offline:
    '<path d="M7.5 5.4A4.6 4.6 0 0 1 14 8.75a3.3 3.3 0 0 1 2.6 5M12.5 15.5H6a3.75 3.75 0 0 1-1.15-7.3M3.5 3l13.5 14"/>',
  barcode:
    '<path d="M3 4.5v11M5.75 4.5v11M8.25 4.5v11M11.75 4.5v11M17 4.5v11"/><path d="M14.5 4.5v11" stroke-width="2.25"/>',
  qr: '<path d="M3 3h5.5v5.5H3zM11.5 3H17v5.5h-5.5zM3 11.5h5.5V17H3zM11.5 11.5h2v2h-2zM15 15h2v2h-2zM11.5 17v-1.5M17 11.5v1.5"/>',
  box: '<path d="m10 2.75 7 3.5v7.5l-7 3.5-7-3.5v-7.5zM3 6.25l7 3.5 7-3.5M10 9.75v7.5"/>',
  print: '<path d="M5.5 7.5V3h9v4.5M5.5 14H3V7.5h14V14h-2.5M5.5 11.75h9V17h-9z"/>',
  edit: '<path d="m3.5 16.5.75-3.5L13.5 3.75l2.75 2.75L7 15.75zM11.5 5.75l2.75 2.75"/>',
  undo: '<path d="M6.5 4 3 7.5 6.5 11M3 7.5h8.5a4.5 4.5 0 0 1 0 9H6"/>',
  flag: '<path d="M4.5 17.5v-14h11l-2.5 4 2.5 4h-11"/>',
  refresh: '<path d="M16.5 8.5A6.75 6.75 0 0 0 4 7M3.5 11.5A6.75 6.75 0 0 0 16 13M4 3.25V7h3.75M16 16.75V13h-3.75"/>',
  stamp: '<path d="M7.5 10V4.5a2.5 2.5 0 0 1 5 0V10M3.5 10h13v4h-13zM3.5 17h13"/>',
  card: '<path d="M2.5 4.5h15v11h-15zM2.5 8.25h15M5.5 12h4"/>',
  bank: '<path d="M2.75 7.5 10 3l7.25 4.5zM4.75 7.5V14M8.25 7.5V14M11.75 7.5V14M15.25 7.5V14M2.75 16.5h14.5"/>',
  phone: '<path d="M4 3.25h3.5l1.25 3.5-2 1.5a9 9 0 0 0 5 5l1.5-2 3.5 1.25V16c-7.25 1.5-14.25-5.5-12.75-12.75z"/>',
  mail: '<path d="M2.5 4.5h15v11h-15zM2.5 5l7.5 6 7.5-6"/>',
  link: '<path d="M8.25 11.75 12 8M9 5.75l1.75-1.75a3.7 3.7 0 0 1 5.25 5.25L14.25 11M11 14.25 9.25 16A3.7 3.7 0 0 1 4 10.75L5.75 9"/>',
  more: '<path d="M4 10h.01M10 10h.01M16 10h.01" stroke-width="2.25" stroke-linecap="square"/>',
  mic: '<path d="M7.5 9.5V5a2.5 2.5 0 0 1 5 0v4.5a2.5 2.5 0 0 1-5 0zM4.5 9.5a5.5 5.5 0 0 0 11 0M10 15v2.5"/>',
  home: '<path d="M3 9 10 3l7 6v8h-4.5v-5h-5v5H3z"/>',
  person: '<circle cx="10" cy="6.75" r="3"/><path d="M3.75 17c.2-3.5 2.5-5 6.25-5s6.05 1.5 6.25 5"/>',
  wrench: '<path d="M16.5 6.5a4 4 0 0 1-5.4 4.4l-5.6 5.6-2-2 5.6-5.6a4 4 0 0 1 4.4-5.4l-2 2 .5 2.1 2.1.5z"/>',
  shield: '<path d="M10 2.75 16.5 5v5c0 3.7-2.5 6.2-6.5 7.5C6 16.2 3.5 13.7 3.5 10V5z"/>',
  clock: '<circle cx="10" cy="10" r="7"/><path d="M10 5.75V10l3 2"/>',
  message: '<path d="M3 4h14v10H9l-4 3.25V14H3z"/>',
  copy: '<path d="M7 7h10v10H7zM13 7V3H3v10h4"/>',
  lock: '<path d="M4.5 9h11v8h-11zM6.75 9V6.5a3.25 3.25 0 0 1 6.5 0V9"/>',
  chart: '<path d="M2.75 16.5h14.5M3.5 12.5l4-4 3 2.5 6-6.5"/>',
  table: '<path d="M3 4h14v12H3zM3 8h14M3 12h14M8 8v8"/>',
  exit: '<path d="M11.5 3H4v14h7.5M8 10h9.5M14 6.5l3.5 3.5-3.5 3.5"/>',
} as const;

export type IconName = keyof typeof shapes;
/** Every icon, for the gallery. */
export const iconNames = Object.keys(shapes) as readonly IconName[];

/** A line icon, 16 px unless told; hidden from assistive tech unless it has a label. */
export function Icon(props: { name: IconName; size?: number; label?: string }) {
  return (
    <svg
      class="y-icon"
      width={props.size ?? 16}
      height={props.size ?? 16}
      viewBox="0 0 20 20"
      role={props.label ? "img" : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : "true"}
      innerHTML={shapes[props.name]}
    />
  );
}

/** The mark of Yihao: one bar (壹) on a plate with a cut corner. */
export function Logo(props: { size?: number; label?: string }) {
  return (
    <svg
      width={props.size ?? 28}
      height={props.size ?? 28}
      viewBox="0 0 28 28"
      role="img"
      aria-label={props.label ?? "壹号"}
    >
      <path d="M2 2h17l7 7v17H2z" fill="var(--color-brand)" />
      <path d="M6 16.6h12.2l2.6-3.2 1.7 3.2V19H6z" fill="var(--color-fg-on-solid)" />
    </svg>
  );
}
