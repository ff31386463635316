import type { WarehouseRefusal } from "@yihao/warehouse/model";
import { type LooseParams, registerRefusals } from "../../refusals.ts";
import { binRefusals } from "./bin-words.ts";
import { flowRefusals } from "./flow-refusals.ts";
import { ownerRefusals } from "./owner-words.ts";
import { zoneRefusals } from "./zone-move-words.ts";

/** What was short: by line where there are lines, else by the name that whoever asked has put to the product. */
const list = (p: LooseParams): { line?: number; name?: string; wanted?: number; available?: number }[] =>
  Array.isArray(p.lines) ? p.lines : [];

registerRefusals<WarehouseRefusal>("warehouse", {
  zh: {
    "warehouse.zone": () => "没有这个时区",
    "warehouse.busy": () => "另一批货位正在生成，稍等一分钟再试",
    "warehouse.batches": () => "这个仓库分批生成货位的次数已满",
    "scan.bin": (p) => `货位不对，没有记录。要去 ${String(p.expected)}`,
    "scan.product": (p) => `商品不对，没有记录。要扫 ${String(p.expected)}`,
    "stock.none": () => "这家企业还没有货品，没有可算的库存",
    "stock.day": (p) => `${String(p.day)} 还没到，选今天或更早的一天`,
    "stock.short": (p) =>
      list(p)
        .map(({ line, name, wanted, available }) => {
          const has = available === undefined ? "那里不够" : `只有 ${available} 件`;
          return `${line ? `第 ${line} 行` : name ? `${name} ` : ""}要 ${wanted} 件，${has}`;
        })
        .join("；") || "货不够，没有占用",
    "scan.lot": (p) => `扫到批次 ${String(p.got)}，应是 ${String(p.expected)}，没有记录`,
    "lot.wanted": (p) => (p.track === "serial" ? "这种货按序列号管，扫序列号" : "这种货按批次管，填批号或扫批次码"),
    "lot.expiry": (p) =>
      p.expected === undefined ? "填到期日" : `这个批次登记的到期日是 ${String(p.expected)}，核对包装`,
    "lot.serials": (p) => `每件一个序列号：${String(p.units)} 件，只有 ${String(p.serials)} 个`,
    "lot.here": (p) => `序列号已经在库：${(p.serials as string[]).join("、")}`,
    "lot.expired": (p) => `批次 ${String(p.lot)} 已过期（${String(p.expiry)}），不能拣`,
    "order.serials": (p) => `按序列号管的货一行最多 ${String(p.most)} 件，分成几行`,
    "order.reference": (p) => `外部单号 ${String(p.reference)} 已经有出库单，没有重复下单`,
    "pick.lots": (p) => `一行最多从 ${String(p.most)} 个批次拣`,
    "product.tracked": (p) => `还有 ${String(p.onHand)} 件在库，出完才能改批次或效期管理`,
    "gtin.invalid": () => "商品条码不对，检查位数和最后一位校验位",
    "gs1.invalid": (p) => {
      const where = `第 ${Number(p.at) + 1} 位${p.identifier ? `，标识 (${String(p.identifier)})` : ""}`;
      const faults: Record<string, string> = {
        empty: "条码是空的",
        identifier: `${where}：没有这个应用标识符`,
        length: `${where}：长度不对，可能少了分隔符`,
        characters: `${where}：有不允许的字符`,
        "check-digit": `${where}：校验位不对，再扫一次`,
        date: `${where}：没有这个日期`,
        repeated: `${where}：同一标识出现两次，内容不同`,
        pair: `${where}：不能和前面的标识一起用`,
      };
      return `GS1 条码不对，没有记录。${faults[String(p.fault)] ?? where}`;
    },
    "packs.same": (p) => `包装“${String(p.name)}”和另一种同名、同数或同码`,
    "product.picture": () => "图片没有存好，请再选一次",
    "product.taken": (p) => (p.of === "gtin" ? "这个条码已经用在另一件商品上" : "这个货号已经用在另一件商品上"),
    "owner.missing": () => "选一家企业再提交",
    "asn.lines": () => "选表格或逐行填，只用一种",
    "asn.rows": (p) => `表里有 ${String(p.count)} 处要改，什么都没有写入`,
    "asn.state": () => "这张预报已经关闭或已标记过",
    "asn.damaged": () => "破损不能多于实收",
    "order.state": () => "出库单的状态已经变了，刷新后再看",
    "order.warehouse": () => "这张单在另一个仓库拣货",
    ...binRefusals.zh,
    ...zoneRefusals.zh,
    ...flowRefusals.zh,
    ...ownerRefusals.zh,
    "count.empty": () => "没有符合的货位，换一个范围",
    "count.bins": (p) => `一次最多盘 ${String(p.most)} 个货位，这里有 ${String(p.bins)} 个`,
    "count.state": () => "盘点单的状态已经变了，刷新后再看",
    "count.counter": () => "你盘过这张单，由没有参加盘点的人审核",
    "exception.settled": () => "这条异常刚才已经有人处理了",
    "pick.too-many": (p) => `这一行只剩 ${String(p.left)} 件要拣`,
  },
  en: {
    "warehouse.zone": () => "There is no such time zone",
    "warehouse.busy": () => "Other bins are being made. Try again in a minute",
    "warehouse.batches": () => "This warehouse has taken all the batches of bins it can",
    "scan.bin": (p) => `Wrong bin, not recorded. Go to ${String(p.expected)}`,
    "scan.product": (p) => `Wrong product, not recorded. Scan ${String(p.expected)}`,
    "stock.none": () => "This company has no products yet: there is no stock to work out",
    "stock.day": (p) => `${String(p.day)} is still to come. Choose today or an earlier day`,
    "stock.short": (p) =>
      list(p)
        .map(({ line, name, wanted, available }) => {
          const has = available === undefined ? "not that many are there" : `only ${available} available`;
          return `${line ? `Line ${line} wants` : name ? `${name}: wanted` : "Wanted"} ${wanted}, ${has}`;
        })
        .join("; ") || "Not enough goods; nothing was reserved",
    "scan.lot": (p) => `Scanned lot ${String(p.got)}, wanted ${String(p.expected)}. Not recorded`,
    "lot.wanted": (p) =>
      p.track === "serial"
        ? "This product is kept by serial number. Scan the serial"
        : "This product is kept by lot. Enter or scan the lot",
    "lot.expiry": (p) =>
      p.expected === undefined
        ? "Enter the expiry date"
        : `This lot is on record with expiry ${String(p.expected)}. Check the pack`,
    "lot.serials": (p) => `One serial for each unit: ${String(p.units)} units, ${String(p.serials)} serials`,
    "lot.here": (p) => `Already in the warehouse: ${(p.serials as string[]).join(", ")}`,
    "lot.expired": (p) => `Lot ${String(p.lot)} expired on ${String(p.expiry)} and cannot be picked`,
    "order.serials": (p) => `At most ${String(p.most)} units on a line of serial-numbered goods. Split the line`,
    "order.reference": (p) => `There is an order ${String(p.reference)} already. Nothing was ordered twice`,
    "pick.lots": (p) => `At most ${String(p.most)} lots on one line`,
    "product.tracked": (p) => `${String(p.onHand)} are in stock. Lot and expiry control can change once they are out`,
    "gtin.invalid": () => "The GTIN is not right. Check its length and last digit",
    "gs1.invalid": (p) => {
      const where = `At character ${Number(p.at) + 1}${p.identifier ? `, identifier (${String(p.identifier)})` : ""}`;
      const faults: Record<string, string> = {
        empty: "The code is empty",
        identifier: `${where}: no such application identifier`,
        length: `${where}: wrong length, a separator may be missing`,
        characters: `${where}: a character that is not allowed`,
        "check-digit": `${where}: wrong check digit, scan again`,
        date: `${where}: no such date`,
        repeated: `${where}: the same identifier twice, saying different things`,
        pair: `${where}: cannot stand with an identifier before it`,
      };
      return `Not a right GS1 code, not recorded. ${faults[String(p.fault)] ?? where}`;
    },
    "packs.same": (p) => `The pack “${String(p.name)}” has the name, units or code of another`,
    "product.picture": () => "The picture was not kept: please choose it again",
    "product.taken": (p) =>
      p.of === "gtin" ? "Another product has this GTIN already" : "Another product has this code already",
    "owner.missing": () => "Choose a company first",
    "asn.lines": () => "Give a file or lines, one of them",
    "asn.rows": (p) => `${String(p.count)} things to fix in the file. Nothing was written`,
    "asn.state": () => "This notice is closed or was marked before",
    "asn.damaged": () => "Damaged cannot be more than received",
    "order.state": () => "The order has moved on. Reload it",
    "order.warehouse": () => "This order is picked in another warehouse",
    ...binRefusals.en,
    ...zoneRefusals.en,
    ...flowRefusals.en,
    ...ownerRefusals.en,
    "count.empty": () => "No bin fits. Choose another range",
    "count.bins": (p) => `At most ${String(p.most)} bins in a count; this has ${String(p.bins)}`,
    "count.state": () => "The count has moved on. Reload it",
    "count.counter": () => "You counted some of this. Somebody who did not must judge it",
    "exception.settled": () => "Somebody settled this exception a moment ago",
    "pick.too-many": (p) => `Only ${String(p.left)} left to pick on this line`,
  },
});
