import { count } from "../../format.ts";
import { dictionary, plural } from "../../i18n.ts";

type Stands = { readonly units: number; readonly pack?: string; readonly packs: number };

/** Words of looking things up and of moving goods on the phone. */
export const lookupWords = dictionary({
  zh: {
    title: "查一查",
    scan: "扫任何码",
    say: "货位、商品、批次、预报或出库单，扫了就知道是什么、能做什么。",
    unknown: "这台手机不认识",
    notRead: "货位没有读到",
    room: (used: number, capacity: number | undefined) =>
      capacity === undefined ? `${used} 件` : `${used} / ${capacity} 件`,
    empty: "空的",
    stands: ({ units, pack, packs }: Stands) =>
      pack === undefined ? `这个码是 ${count(units)} 件` : `这个码是 ${count(packs)} ${pack}，共 ${count(units)} 件`,
    nowhere: "仓库里没有",
    counting: "盘点中",
    moveFrom: "从这里移走",
    putaway: "上架",
    asn: "预报",
    order: "出库单",
    receive: "收货",
    pick: "拣货",
    of: (got: string, all: string) => `已收 ${got} / ${all}`,
    moveTitle: "移库",
    from: "扫货在哪一格",
    goods: "扫要移的商品",
    to: "扫放到哪一格",
    choose: "这一格有",
    binUnknown: "没有这个货位，没有记录",
    notInBin: "这一格没有这种货，没有记录",
    sameBin: "是同一格，没有记录",
    fromLabel: "从",
    toLabel: "到",
    units: "移几件",
    confirm: (n: number) => `移 ${n} 件`,
    moved: (n: number, to: string) => `${n} 件已移到 ${to}`,
    movedKept: (n: number, to: string) => `${n} 件移到 ${to}，记在手机里，连上网后同步`,
    startAnew: "重新开始",
  },
  en: {
    title: "Look up",
    scan: "Scan any code",
    say: "A bin, product, lot, notice or order: scan it to see what it is and what you can do.",
    unknown: "This phone does not know",
    notRead: "The bins did not load",
    room: (used: number, capacity: number | undefined) =>
      capacity === undefined ? plural(used, "unit") : `${used} of ${capacity}`,
    empty: "Empty",
    stands: ({ units, pack, packs }: Stands) =>
      pack === undefined
        ? `This code stands for ${count(units)} units`
        : `This code stands for ${count(packs)} × ${pack}: ${count(units)} units`,
    nowhere: "None in the warehouse",
    counting: "Counting",
    moveFrom: "Move from here",
    putaway: "Put away",
    asn: "Notice",
    order: "Order",
    receive: "Receive",
    pick: "Pick",
    of: (got: string, all: string) => `${got} of ${all} received`,
    moveTitle: "Move",
    from: "Scan the bin the goods are in",
    goods: "Scan the goods",
    to: "Scan the bin they go to",
    choose: "In this bin",
    binUnknown: "No such bin. Not recorded",
    notInBin: "Not in this bin. Not recorded",
    sameBin: "The same bin. Not recorded",
    fromLabel: "From",
    toLabel: "To",
    units: "Units to move",
    confirm: (n: number) => `Move ${n}`,
    moved: (n: number, to: string) => `${n} moved to ${to}`,
    movedKept: (n: number, to: string) => `${n} to ${to}: saved on this phone, synced once there is a network`,
    startAnew: "Start over",
  },
});
