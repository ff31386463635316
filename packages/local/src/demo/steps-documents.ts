import { askUpload, finishUpload } from "@yihao/members/document-actions";
import type { NewDocument } from "@yihao/members/document-model";
import { askTakeover } from "@yihao/takeover/actions";
import type { TakeoverWish } from "@yihao/takeover/model";
import { accountOf } from "./accounts.ts";
import { drawFloor, drawPage } from "./drawings.ts";
import { at } from "./plan-days.ts";
import { companyId, done, mainSpace, type Stage, scopeAt, staff } from "./stage.ts";

type Paper = Pick<NewDocument, "name" | "type" | "topic" | "visible"> & {
  readonly of: number;
  readonly bytes: () => Uint8Array;
};
const page = (of: number, name: string, topic: Paper["topic"], visible: boolean, ...lines: string[]): Paper => ({
  ...{ of, name, topic, visible, type: "application/pdf" },
  bytes: () => drawPage(["Yihao demo space", ...lines]),
});
const papers: readonly Paper[] = [
  page(0, "营业执照.pdf", "license", true, "Business licence", "Copy, checked at the front desk"),
  page(0, "商业计划书.pdf", "plan", true, "Business plan", "Three pages that were kept to one"),
  page(1, "营业执照.pdf", "license", true, "Business licence"),
  page(1, "工位租约 HT-2025-031.pdf", "agreement", true, "Lease HT-2025-031", "Signed by both sides"),
  page(2, "法人身份证.pdf", "identity", false, "Identity paper of the legal person", "For the space alone"),
  {
    ...{ of: 2, name: "门牌照片.png", topic: "picture", visible: true, type: "image/png" },
    bytes: () => drawFloor(320, 200, [{ x: 40, y: 40, width: 240, height: 120 }]),
  },
];

/** Papers of companies (企业文件), put where a browser would put them. */
export async function addDocuments(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const uploader = { name: accountOf("owner").name };
  for (const [index, { of, bytes, ...facts }] of papers.entries()) {
    const company = stage.companies[of];
    if (!company) continue;
    const id = companyId(stage, space, company.key);
    const scope = (name: string) =>
      scopeAt(stage, space, `document ${index} ${name}`, at(stage.frame.first, "10:00"), staff(stage, "owner"));
    const [asking, finishing] = [scope("link"), scope("there")];
    const content = bytes();
    const wish = { ...facts, bytes: content.length };
    const { document, ...link } = await done(asking, await askUpload(asking, stage.files, id, uploader, wish));
    await stage.send(link, content);
    await done(finishing, await finishUpload(finishing, stage.files, id, document.id));
  }
}

/** What the space had in its old books when it came here (上线接管): deposits that it holds, and two bills that were open. */
export async function takeOldBooks(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const names = stage.companies.map(({ name }) => name);
  const held = names.slice(0, 4).map((name, index) => `${name},YJ-2025-${String(index + 11).padStart(3, "0")},3600.00`);
  const open = names.slice(1, 3).map((name, index) => `${name},2026-旧-${index + 1},应收,${480 + index * 120}.00`);
  const files: readonly Omit<TakeoverWish, "day" | "mode">[] = [
    {
      ...{ kind: "deposits", file: "押金台账.xlsx" },
      csv: `企业名称,收据号,押金\n${held.join("\n")}\n`,
      control: { rows: held.length, measures: { depositMinor: held.length * 360_000 } },
    },
    {
      ...{ kind: "balances", file: "期初应收.xlsx" },
      csv: `企业名称,原单据号,类型,未结金额\n${open.join("\n")}\n`,
      control: { rows: open.length, measures: { owedMinor: 108_000 } },
    },
  ];
  for (const file of files) {
    const asking = scopeAt(stage, space, `old books ${file.kind}`, stage.frame.now, staff(stage, "owner"));
    await done(asking, await askTakeover(asking, { ...file, day: stage.frame.first, mode: "commit" }));
  }
}
