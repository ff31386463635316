import { crc32, deflateSync } from "node:zlib";

type Colour = readonly [red: number, green: number, blue: number];
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const paper: Colour = [250, 250, 247];
const wall: Colour = [70, 84, 90];
const floor: Colour = [233, 238, 238];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(8 + data.length + 4);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), 8 + data.length);
  return out;
}

/** A plan of a floor as a PNG: walls around the whole and around each room, in pixels. A few kilobytes. */
export function drawFloor(width: number, height: number, rooms: readonly Box[]): Buffer {
  const pixels = Buffer.alloc(height * (width * 3 + 1));
  const fill = ({ x, y, width: across, height: down }: Box, [red, green, blue]: Colour) => {
    for (let row = Math.max(0, y); row < Math.min(height, y + down); row += 1)
      for (let column = Math.max(0, x); column < Math.min(width, x + across); column += 1) {
        const at = row * (width * 3 + 1) + 1 + column * 3;
        pixels[at] = red;
        pixels[at + 1] = green;
        pixels[at + 2] = blue;
      }
  };
  const framed = ({ x, y, width: across, height: down }: Box, thick: number, inside: Colour) => {
    fill({ x, y, width: across, height: down }, wall);
    fill({ x: x + thick, y: y + thick, width: across - 2 * thick, height: down - 2 * thick }, inside);
  };
  fill({ x: 0, y: 0, width, height }, paper);
  framed({ x: 12, y: 12, width: width - 24, height: height - 24 }, 10, floor);
  for (const room of rooms) framed(room, 6, paper);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(pixels, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A page of plain words as a PDF, for papers that nobody has scanned. Latin letters only. */
export function drawPage(lines: readonly string[]): Buffer {
  const safe = (line: string) => line.replace(/[\\()]/g, "\\$&").replace(/[^\x20-\x7e]/g, "?");
  const text = `BT /F1 14 Tf 20 TL 72 760 Td ${lines.map((line) => `(${safe(line)}) Tj T*`).join(" ")} ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let out = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const at = out.length;
    out += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = out.length;
  const rows = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(out, "latin1");
}
