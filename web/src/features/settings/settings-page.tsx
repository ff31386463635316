import { A, useParams } from "@solidjs/router";
import { For } from "solid-js";
import { dictionary } from "../../i18n.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";

const words = dictionary({
  zh: {
    title: "设置",
    say: "空间怎么开、怎么收费、谁能做什么",
    places: "场地与开放时间",
    placesSay: "场地、楼层、工位与会议室，开放时间和闭馆日",
    prices: "开通步骤、价目与套餐",
    pricesSay: "会议室、工位、货位和拣货的价格，会员套餐，云仓货位",
    billing: "收款账户与账期",
    billingSay: "对公账户、账单几天后到期",
    people: "人员与角色",
    peopleSay: "谁是所有者、运营主管、前台、仓库、财务，邀请和移出",
    stuck: "卡住的事",
    stuckSay: "系统试过多次没有成功的工作，看原因，再试一次",
    api: "接口文档",
    apiSay: "用程序读写同样的数据",
  },
  en: {
    title: "Settings",
    say: "How the space opens, what it charges, who may do what",
    places: "Places and hours",
    placesSay: "Sites, floors, desks and rooms, opening hours and closed days",
    prices: "Set-up, prices and plans",
    pricesSay: "Prices of rooms, desks, bins and picks, member plans, warehouse bins",
    billing: "Bank account and terms",
    billingSay: "The account for transfers, and in how many days bills are due",
    people: "People and roles",
    peopleSay: "Owners, managers, front desk, warehouse and finance; invite and remove",
    stuck: "Stuck work",
    stuckSay: "Work that failed after several tries: see why, and try again",
    api: "API documents",
    apiSay: "Read and write the same data by program",
  },
});

/** Where each thing of a space is set. */
export default function SettingsPage() {
  const t = words();
  const params = useParams<{ space: string }>();
  const rows = (): { href: string; icon: IconName; name: string; say: string; outside?: boolean }[] => [
    { href: `/s/${params.space}/settings/places`, icon: "booking", name: t.places, say: t.placesSay },
    { href: `/setup/${params.space}`, icon: "settings", name: t.prices, say: t.pricesSay },
    { href: `/s/${params.space}/settings/billing`, icon: "bill", name: t.billing, say: t.billingSay },
    { href: `/s/${params.space}/people`, icon: "people", name: t.people, say: t.peopleSay },
    { href: `/s/${params.space}/settings/stuck`, icon: "help", name: t.stuck, say: t.stuckSay },
    { href: "/api/v1/docs", icon: "link", name: t.api, say: t.apiSay, outside: true },
  ];
  return (
    <>
      <PageHead title={t.title} say={t.say} />
      <Pane>
        <ul class="max-w-3xl">
          <For each={rows()}>
            {(row) => (
              <li class="border-b border-line">
                <A
                  href={row.href}
                  {...(row.outside ? { rel: "external" } : {})}
                  class="flex items-center gap-4 px-4 py-3 hover:bg-hover"
                >
                  <Icon name={row.icon} size={20} />
                  <span class="min-w-0 flex-1">
                    <b class="block">{row.name}</b>
                    <span class="text-xs text-fg-3">{row.say}</span>
                  </span>
                  <Icon name="right" />
                </A>
              </li>
            )}
          </For>
        </ul>
      </Pane>
    </>
  );
}
