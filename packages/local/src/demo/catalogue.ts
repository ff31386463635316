/** A product of the demo; `day` is about how many units of it go out on a working day. */
export type DemoProduct = { readonly name: string; readonly unit?: string; readonly day: number };
export type DemoCompany = {
  /** Part of its e-mail addresses and of the names of its steps; never changes. */
  readonly key: string;
  readonly name: string;
  readonly industry: string;
  readonly contact: string;
  readonly kind: "team" | "company";
  readonly plan: boolean;
  readonly coded: boolean;
  readonly products: readonly DemoProduct[];
};

const goods = (...all: [name: string, day: number, unit?: string][]): DemoProduct[] =>
  all.map(([name, day, unit]) => ({ name, day, ...(unit ? { unit } : {}) }));

const withGoods: readonly (readonly [string, string, string, string, DemoProduct[]])[] = [
  [
    "wanting",
    "晚汀香氛",
    "家居香氛",
    "何雨桐",
    goods(
      ["无火香薰 乌木 120 ml", 7, "瓶"],
      ["无火香薰 桂雨 120 ml", 6, "瓶"],
      ["香薰蜡烛 白茶 200 g", 5, "杯"],
      ["车载香片 雪松", 4, "盒"],
      ["藤条补充装 10 支", 3, "包"],
      ["香氛礼盒 四季", 2, "盒"],
    ),
  ],
  [
    "shisui",
    "拾穗家居",
    "家居日用",
    "许静",
    goods(
      ["棉麻桌布 140×200 cm", 4, "条"],
      ["竹纤维毛巾 三条装", 6, "包"],
      ["陶瓷饭碗 四只装", 4, "套"],
      ["折叠收纳箱 45 L", 5, "个"],
      ["天然苎麻抱枕套", 3, "个"],
    ),
  ],
  [
    "hupan",
    "湖畔鲜集",
    "食品",
    "刘洋",
    goods(
      ["石磨面粉 5 kg", 6, "袋"],
      ["冻干银耳羹 12 杯", 5, "盒"],
      ["南湖莲子 500 g", 4, "袋"],
      ["手工挂面 1 kg", 6, "包"],
      ["山楂条 300 g", 5, "袋"],
      ["芝麻香油 500 ml", 3, "瓶"],
    ),
  ],
  [
    "xiangshan",
    "相山茶事",
    "茶叶",
    "王立群",
    goods(
      ["祁门红茶 250 g", 4, "罐"],
      ["六安瓜片 100 g", 4, "罐"],
      ["茉莉花茶 三角包 20 袋", 6, "盒"],
      ["便携茶具 一壶二杯", 2, "套"],
    ),
  ],
  [
    "beiyu",
    "北屿数码",
    "数码配件",
    "陈思远",
    goods(
      ["氮化镓充电器 65 W", 6, "个"],
      ["编织数据线 C 对 C 1.5 m", 8, "条"],
      ["磁吸手机支架", 5, "个"],
      ["蓝牙耳机 N3", 4, "副"],
      ["桌面扩展坞 七合一", 3, "个"],
      ["屏幕清洁套装", 5, "套"],
      ["移动电源 10000 mAh", 4, "个"],
    ),
  ],
  [
    "zhiliao",
    "知了文具",
    "文具",
    "宋佳",
    goods(
      ["中性笔 0.5 黑 12 支", 9, "盒"],
      ["方格本 A5 五本装", 7, "包"],
      ["荧光笔 六色", 6, "套"],
      ["书立 金属 一对", 3, "对"],
      ["错题活页本 B5", 6, "本"],
    ),
  ],
  [
    "shiliuzi",
    "石榴籽童装",
    "童装",
    "李若曦",
    goods(
      ["儿童加绒卫衣 110", 4, "件"],
      ["儿童加绒卫衣 120", 5, "件"],
      ["儿童加绒卫衣 130", 4, "件"],
      ["灯芯绒背带裤 110", 3, "条"],
      ["灯芯绒背带裤 120", 3, "条"],
      ["宝宝针织帽", 4, "顶"],
    ),
  ],
  [
    "yuanmao",
    "圆猫宠物",
    "宠物用品",
    "孙一鸣",
    goods(
      ["宠物冻干 鸡肉 300 g", 6, "罐"],
      ["豆腐猫砂 6 L", 8, "袋"],
      ["猫抓板 瓦楞纸", 5, "块"],
      ["逗猫棒 替换头 五只", 4, "包"],
      ["宠物饮水机滤芯 四片", 5, "盒"],
    ),
  ],
];

const others: readonly (readonly [string, string, string, string])[] = [
  ["lutiao", "鹿跳运动", "运动户外", "吴迪"],
  ["qinghe", "青禾农选", "农产品", "赵小满"],
  ["suishang", "濉上手作", "手工艺品", "周素"],
  ["yizhan", "一盏灯饰", "灯具", "丁峰"],
  ["maiyu", "麦隅烘焙", "食品", "蒋一凡"],
  ["jiandai", "简袋箱包", "箱包", "沈琪"],
  ["xingye", "星野露营", "运动户外", "秦岳"],
  ["muxi", "木兮木作", "家居日用", "梁木"],
  ["xiaoman", "小满咖啡", "食品", "韩露"],
  ["shiguang", "拾光影像", "摄影服务", "杜明"],
  ["yinuo", "一诺代运营", "电商服务", "唐一诺"],
  ["chengzi", "橙子直播", "直播服务", "程子然"],
  ["modian", "墨点包装", "包装设计", "苏墨"],
  ["yihe", "亦禾母婴", "母婴用品", "叶青"],
  ["gusui", "古隋瓷坊", "工艺陶瓷", "隋文"],
  ["jingluo", "鲸落软件", "软件开发", "余海"],
  ["zhixing", "知行财税", "财税服务", "郭敏"],
  ["huaiwei", "淮味小厨", "食品", "马跃"],
  ["yuanshan", "远山户外", "运动户外", "方远"],
  ["qiming", "启明教具", "教育用品", "罗启明"],
  ["fengnian", "丰年粮油", "农产品", "田丰"],
  ["qingwa", "青瓦民宿", "文旅服务", "江瓦"],
  ["afu", "阿福农机", "农机配件", "孟福"],
];
const teams = new Set(["jingluo", "qiming", "qingwa"]);
const plansMost = 20;

const all: readonly DemoCompany[] = [
  ...withGoods.map(([key, name, industry, contact, products]) => ({ key, name, industry, contact, products })),
  ...others.map(([key, name, industry, contact]) => ({ key, name, industry, contact, products: [] })),
].map((one, index) => ({
  ...one,
  kind: teams.has(one.key) ? "team" : "company",
  plan: index < plansMost,
  coded: index < 22 && !teams.has(one.key),
}));

/** The companies of the demo: some with goods in the warehouse first, then ones without. */
export function demoCompanies(withStock: number, total: number): readonly DemoCompany[] {
  const stocked = all.filter(({ products }) => products.length > 0).slice(0, withStock);
  const rest = all.filter(({ products }) => products.length === 0);
  return [...stocked, ...rest.slice(0, Math.max(0, total - stocked.length))];
}

/** Student teams (创业团队) of the second space. */
export const studentTeams: readonly { readonly key: string; readonly name: string; readonly contact: string }[] = [
  { key: "youmo", name: "幼墨绘本", contact: "陆遥" },
  { key: "xiangyun", name: "相云校园速递", contact: "柳一川" },
  { key: "fangzhi", name: "方直桌面机器人", contact: "顾方" },
  { key: "suiyue", name: "濉月汉服", contact: "白月" },
  { key: "zhinong", name: "知农数据", contact: "石磊" },
];
