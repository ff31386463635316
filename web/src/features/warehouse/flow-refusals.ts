import type { LooseParams } from "../../refusals.ts";

const some = (names: unknown, between: string): string => (Array.isArray(names) ? names.slice(0, 3).join(between) : "");

const over = (p: LooseParams): { name?: string; wanted?: number; available?: number }[] =>
  Array.isArray(p.lines) ? p.lines : [];

/** What is said when packing, shipping or a return is refused. */
export const flowRefusals = {
  zh: {
    "pack.wrong": (p: LooseParams) =>
      `${String(p.got)} 不在这张出库单里，没有装${some(p.wants, "、") ? `。还要装：${some(p.wants, "、")}` : ""}`,
    "pack.too-many": (p: LooseParams) => `${String(p.name)} 只剩 ${String(p.left)} 件要装，没有装`,
    "pack.weight": (p: LooseParams) =>
      `箱重 ${String(p.grams)} 克，货本身就有 ${String(p.goods)} 克，对不上。开箱看看，或再称一次确认`,
    "pack.open": (p: LooseParams) => `还有 ${String(p.left)} 件没装箱，装完才能出库`,
    "pack.cartons": (p: LooseParams) => `一张出库单最多 ${String(p.most)} 箱`,
    "pallet.state": (p: LooseParams) =>
      p.state === "open" ? "托盘还没封，封托后才能发运" : "托盘不在码托中，先重新打开再增减",
    "pallet.owner": () => "这箱是别家的货，一个托盘只放一家的",
    "pallet.taken": (p: LooseParams) =>
      p.same === true ? "这箱已经在这个托盘上" : `这箱在托盘 ${String(p.pallet)} 上，先从那里下托`,
    "pallet.full": (p: LooseParams) => `一个托盘最多 ${String(p.most)} 箱`,
    "pallet.empty": (p: LooseParams) => `托盘 ${String(p.pallet)} 是空的`,
    "pallet.loaded": (p: LooseParams) => `托上还有 ${String(p.left)} 箱，都下托了才能撤掉`,
    "pallet.holds": (p: LooseParams) => `箱子在托盘 ${String(p.pallet)} 上：整托发运，或先下托`,
    "pallet.apart": (p: LooseParams) =>
      `出库单 ${String(p.order)} 还有 ${String(p.left)} 箱不在这些托盘上。一起码上，或连同那个托盘一起发`,
    "pallet.orders": (p: LooseParams) => `一次最多发 ${String(p.most)} 张出库单，分几次发`,
    "pallet.unknown": (p: LooseParams) => `${String(p.code)} 不是这家货主待发的箱，没有码上`,
    "pallet.begun": () => "这个托盘已经以别家货主或别的仓库开过，没有再开",
    "sscc.used-up": (p: LooseParams) => `厂商识别代码 ${String(p.prefix)} 的箱号用完了，换一个扩展位`,
    "sscc.serial": (p: LooseParams) => `流水号要在 ${String(p.least)} 到 ${String(p.most)} 之间，用过的号不再发`,
    "return.over": (p: LooseParams) =>
      over(p)
        .map((one) => `${one.name} 最多退 ${one.available} 件，填了 ${one.wanted} 件`)
        .join("；"),
    "return.lot": (p: LooseParams) =>
      Number(p.left) > 0
        ? `批次 ${String(p.lot)} 最多还能退 ${String(p.left)} 件，填了 ${String(p.units)} 件`
        : `${String(p.lot)} 已经退过了`,
    "return.left": (p: LooseParams) => `${String(p.name)} 只有 ${String(p.left)} 件等处理`,
    "return.waiting": (p: LooseParams) => `还有 ${String(p.left)} 件等处理，处理完再结束`,
    "return.state": () => "这张退货单已经往前走了，重新读一下",
    "return.order": () => "出库单发出之后才能退货",
    "wave.orders": (p: LooseParams) => `这些出库单不能进波次：${some(p.orders, "、")}。要待拣、不在别的波次里`,
    "wave.state": () => "这个波次已经结束",
    "wave.sorted": (p: LooseParams) =>
      Number(p.left) > 0 ? `${String(p.name)} 只剩 ${String(p.left)} 件要分` : `${String(p.name)} 已经分完了`,
    "wave.moved": () => "这一格要拣的变了，重新读一下再拣",
    "transfer.same": () => "调出和调入要是两个仓库",
    "transfer.state": () => "这张调拨单已经结束",
    "transfer.over": (p: LooseParams) => `只有 ${String(p.left)} 件在途`,
    "transfer.waiting": (p: LooseParams) => `还有 ${String(p.left)} 件在途`,
    "kit.itself": () => "套装里不能有它自己",
    "kit.tracked": (p: LooseParams) =>
      p.track === "none"
        ? "套里的货不分批次，这个套也不要按批次或效期管"
        : `套里有分批次、序列号或效期的货，这个套要按批次管${p.dated ? "，并且有效期" : "，不填效期"}`,
    "kit.unknown": (p: LooseParams) => `批次 ${String(p.lot)} 不是在这里组的，不知道里面是什么批次，不能拆`,
    "kit.spread": (p: LooseParams) => `一次要动 ${String(p.bins)} 个货位，最多 ${String(p.most)} 个，分几次做`,
    "face.missing": () => "这个货位没有固定商品",
    "face.limits": () => "补到的数量要大于下限",
  },
  en: {
    "pack.wrong": (p: LooseParams) =>
      `${String(p.got)} is not on this order, not packed${some(p.wants, ", ") ? `. Still to pack: ${some(p.wants, ", ")}` : ""}`,
    "pack.too-many": (p: LooseParams) => `Only ${String(p.left)} of ${String(p.name)} left to pack. Not packed`,
    "pack.weight": (p: LooseParams) =>
      `The carton weighs ${String(p.grams)} g, its goods alone ${String(p.goods)} g. Look inside, or weigh it again and confirm`,
    "pack.open": (p: LooseParams) => `${String(p.left)} units are in no carton yet. Pack them before it leaves`,
    "pack.cartons": (p: LooseParams) => `At most ${String(p.most)} cartons for an order`,
    "pallet.state": (p: LooseParams) =>
      p.state === "open"
        ? "The pallet is not closed yet. Close it before it leaves"
        : "The pallet is not being loaded. Open it again to change it",
    "pallet.owner": () => "This carton is another owner’s. A pallet takes one owner’s goods",
    "pallet.taken": (p: LooseParams) =>
      p.same === true
        ? "This carton is on the pallet already"
        : `This carton stands on pallet ${String(p.pallet)}. Take it off there first`,
    "pallet.full": (p: LooseParams) => `At most ${String(p.most)} cartons on a pallet`,
    "pallet.empty": (p: LooseParams) => `Pallet ${String(p.pallet)} is empty`,
    "pallet.loaded": (p: LooseParams) => `${String(p.left)} cartons are still on it. Take them off first`,
    "pallet.holds": (p: LooseParams) =>
      `Its cartons stand on pallet ${String(p.pallet)}. Ship the pallet, or take them off first`,
    "pallet.apart": (p: LooseParams) =>
      `${String(p.left)} cartons of order ${String(p.order)} are not on these pallets. Put them on, or ship that pallet along`,
    "pallet.orders": (p: LooseParams) => `At most ${String(p.most)} orders leave at one time. Ship them in parts`,
    "pallet.unknown": (p: LooseParams) =>
      `${String(p.code)} is no carton of this owner that waits to leave. Not put on`,
    "pallet.begun": () => "This pallet was begun for another owner or warehouse, and not once more",
    "sscc.used-up": (p: LooseParams) =>
      `All carton numbers under ${String(p.prefix)} are used. Choose another extension digit`,
    "sscc.serial": (p: LooseParams) =>
      `The serial must be from ${String(p.least)} to ${String(p.most)}; used numbers are not given again`,
    "return.over": (p: LooseParams) =>
      over(p)
        .map((one) => `At most ${one.available} of ${one.name} can come back, not ${one.wanted}`)
        .join("; "),
    "return.lot": (p: LooseParams) =>
      Number(p.left) > 0
        ? `Only ${String(p.left)} more of lot ${String(p.lot)} can come back, not ${String(p.units)}`
        : `${String(p.lot)} came back before`,
    "return.left": (p: LooseParams) => `Only ${String(p.left)} of ${String(p.name)} wait for a decision`,
    "return.waiting": (p: LooseParams) => `${String(p.left)} still wait for a decision`,
    "return.state": () => "The return has moved on. Reload it",
    "return.order": () => "Goods can come back once the order has shipped",
    "wave.orders": (p: LooseParams) =>
      `These orders cannot go into a wave: ${some(p.orders, ", ")}. They must wait to be picked and be in no other wave`,
    "wave.state": () => "This wave is over",
    "wave.sorted": (p: LooseParams) =>
      Number(p.left) > 0
        ? `Only ${String(p.left)} of ${String(p.name)} are left to sort`
        : `${String(p.name)} is sorted already`,
    "wave.moved": () => "What to pick here has changed. Reload and pick again",
    "transfer.same": () => "The two warehouses must differ",
    "transfer.state": () => "This transfer is over",
    "transfer.over": (p: LooseParams) => `Only ${String(p.left)} are on the way`,
    "transfer.waiting": (p: LooseParams) => `${String(p.left)} are still on the way`,
    "kit.itself": () => "A kit cannot contain itself",
    "kit.tracked": (p: LooseParams) =>
      p.track === "none"
        ? "Its parts have no lots: the kit is kept without lots and expiry too"
        : `Some of its parts have lots, serials or expiry: keep the kit by lot${p.dated ? ", with an expiry date" : ", without expiry"}`,
    "kit.unknown": (p: LooseParams) =>
      `Lot ${String(p.lot)} was not put together here; nobody knows which lots are in it`,
    "kit.spread": (p: LooseParams) =>
      `This would touch ${String(p.bins)} bins, ${String(p.most)} at most. Do it in parts`,
    "face.missing": () => "This bin has no product of its own",
    "face.limits": () => "The target must be above the minimum",
  },
} as const;
