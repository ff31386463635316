import { dictionary } from "../../i18n.ts";

/** Words of the radio tags of single pieces. */
export const tagWords = dictionary({
  zh: {
    tag: "标签号",
    of: (serial: string) => `${serial} 的 RFID 标签`,
    bears: "标签上的 EPC",
    none: "还没有记下标签",
    made: "按商品条码和序列号算出的 EPC",
    noPrefix: "算不出：商品要有条码，并以仓库设置里的厂商识别代码开头",
    read: "EPC",
    readHint: "光标放在这里，用 RFID 读写器读一下，或者手填。认 urn:epc:id:sgtin:… 和 24 位十六进制（SGTIN-96）",
    write: "记下",
    useMade: "填算出的",
    remove: "去掉标签",
    written: "标签号已记下",
    removed: "标签已去掉",
    notSgtin: "这不是 SGTIN：要 urn:epc:id:sgtin:… 或 24 位十六进制",
    notRead: "这一件没有读到",
    onlyWarehouse: "只能看：记标签要“仓库”角色",
  },
  en: {
    tag: "Tag",
    of: (serial: string) => `RFID tag of ${serial}`,
    bears: "EPC on its tag",
    none: "No tag written down yet",
    made: "EPC of its GTIN and serial number",
    noPrefix: "None: the product needs a GTIN that begins with the company prefix in the warehouse settings",
    read: "EPC",
    readHint:
      "Read the tag with an RFID reader while the cursor is here, or type it: a URN (urn:epc:id:sgtin:…) or 24 hex digits (SGTIN-96)",
    write: "Write it down",
    useMade: "Use the one made",
    remove: "Remove the tag",
    written: "The tag is written down",
    removed: "The tag is removed",
    notSgtin: "Not an SGTIN: a URN (urn:epc:id:sgtin:…) or 24 hex digits is wanted",
    notRead: "This piece did not load",
    onlyWarehouse: "To look at only: writing tags needs the Warehouse role",
  },
});
