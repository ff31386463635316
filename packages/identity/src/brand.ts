import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { z } from "zod";

/** Characters of a logo at most, as a data URL: about 30 kB of picture. Browsers make it smaller before they send it. */
export const logoMost = 40_000;
/** Least contrast of white writing on the colour (WCAG 2.2 §1.4.3). */
export const contrastLeast = 4.5;

const ColourSchema = z.string().regex(/^#[0-9a-f]{6}$/);
const LogoSchema = z
  .string()
  .max(logoMost)
  .regex(/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/);

/** How a space looks to those outside its staff (自有品牌): the colour of its buttons and its logo; what is left out is as the product has it. */
export const BrandSchema = z.object({ colour: ColourSchema.optional(), logo: LogoSchema.optional() });
export type Brand = z.infer<typeof BrandSchema>;
export const BrandChangeSchema = z.strictObject({ colour: ColourSchema.nullable(), logo: LogoSchema.nullable() });
export type BrandChange = z.infer<typeof BrandChangeSchema>;

/** How bright a colour is, from 0 to 1 (WCAG 2.2, relative luminance). */
function luminance(colour: string): number {
  const part = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

/** Contrast of white writing on a colour `#rrggbb`, from 1 to 21. */
export const contrastOf = (colour: string): number => 1.05 / (luminance(colour) + 0.05);

/** First bytes of the pictures that a logo may be, in base64. */
const begins: Readonly<Record<string, readonly string[]>> = { png: ["iVBORw0KGgo"], jpeg: ["/9j/"], webp: ["UklGR"] };

/** A brand as it is wished. Refused: `brand.pale` {contrast} for a colour on which white cannot be read, `brand.picture` for a logo that is not the picture it says it is. */
export function decideBrand({ colour, logo }: BrandChange): Outcome<Brand, "brand.pale" | "brand.picture"> {
  const contrast = colour === null ? contrastLeast : contrastOf(colour);
  if (contrast < contrastLeast) return refuse("brand.pale", { contrast: Math.floor(contrast * 10) / 10 });
  const [, type = "", bytes = ""] = /^data:image\/(\w+);base64,(.*)$/s.exec(logo ?? "") ?? [];
  if (logo !== null && !begins[type]?.some((first) => bytes.startsWith(first))) return refuse("brand.picture");
  return accept({ ...(colour === null ? {} : { colour }), ...(logo === null ? {} : { logo }) });
}
