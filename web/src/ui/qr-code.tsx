import { createMemo } from "solid-js";
import { encode } from "uqr";

const quiet = 4;

/** A QR code (二维码) of a text, dark on white in both themes, since not every reader takes it the other way round. The label says what it is. */
export function QrCode(props: { text: string; label: string; size?: number }) {
  const drawn = createMemo(() => {
    const { data, size } = encode(props.text, { ecc: "M", border: 0 });
    const cells = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ""))).join("");
    return { cells, size };
  });
  const side = () => drawn().size + 2 * quiet;
  return (
    <svg
      role="img"
      aria-label={props.label}
      width={props.size ?? 196}
      height={props.size ?? 196}
      viewBox={`${-quiet} ${-quiet} ${side()} ${side()}`}
      shape-rendering="crispEdges"
    >
      <rect x={-quiet} y={-quiet} width={side()} height={side()} fill="#fff" />
      <path d={drawn().cells} fill="#000" />
    </svg>
  );
}
