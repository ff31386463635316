import type { IdentityRefusalCode } from "@yihao/identity/model";
import { dictionary } from "../../i18n.ts";
import { registerRefusals } from "../../refusals.ts";

/** Words of the page of a space's own brand. */
export const brandWords = dictionary({
  zh: {
    title: "品牌",
    say: "企业门户、入驻申请、对外预订、访客通行证和邮件用这里的标志与颜色；运营后台不变。",
    colour: "颜色",
    colourHint: "六位十六进制，例如 #7a1f4b。要深到看得清上面的白字。",
    badColour: "写成 # 加六位，例如 #7a1f4b",
    usual: "用系统的颜色",
    logo: "标志",
    logoHint: "PNG、JPEG 或 WebP，透明底最好。放进来会自动缩小。",
    choose: "选图片",
    other: "换一张",
    remove: "去掉标志",
    badLogo: "这张图读不出来，换一张",
    bigLogo: "缩小以后还是太大，换一张简单些的",
    preview: "看起来会是这样",
    sample: "去付款",
    save: "保存",
    saved: "品牌已保存",
    notRead: "品牌没有读到",
  },
  en: {
    title: "Brand",
    say: "Used in the companies' portal, the application form, public booking, visitors' passes and mails. The operator's pages stay as they are.",
    colour: "Colour",
    colourHint: "Six hexadecimal digits, as #7a1f4b. Dark enough for white writing on it.",
    badColour: "Write # and six digits, as #7a1f4b",
    usual: "Use the product's colour",
    logo: "Logo",
    logoHint: "PNG, JPEG or WebP, transparent if you can. It is made smaller by itself.",
    choose: "Choose a picture",
    other: "Choose another",
    remove: "Remove the logo",
    badLogo: "This picture cannot be read. Choose another",
    bigLogo: "Even made smaller it is too large. Choose a simpler one",
    preview: "What it looks like",
    sample: "Pay now",
    save: "Save",
    saved: "Brand saved",
    notRead: "The brand did not load",
  },
});

registerRefusals<Extract<IdentityRefusalCode, `brand.${string}`>>("brand", {
  zh: {
    "brand.pale": (p) => `颜色太浅，白字看不清（对比 ${p.contrast}，要 4.5）。选深一些的`,
    "brand.picture": () => "标志不是能用的图片，换一张",
  },
  en: {
    "brand.pale": (p) =>
      `White cannot be read on this colour (contrast ${p.contrast}, 4.5 needed). Choose a darker one`,
    "brand.picture": () => "The logo is no picture that can be used. Choose another",
  },
});
