import { registerParcel } from "@yihao/community/parcel-actions";
import { plusMinutes } from "@yihao/kernel/span";
import { addCompany } from "@yihao/members/company-actions";
import { mergeCompany, previewMerge } from "@yihao/merge/actions";
import { accountOf } from "./accounts.ts";
import { companyId, done, mainSpace, personOf, type Stage, scopeAt, staff } from "./stage.ts";

const twice = "twice";

/** A company that the front desk entered a second time, with a parcel that came for it, and its merging (合并企业) into the one that it is: finished before this is. */
export async function mergeTwice(stage: Stage): Promise<void> {
  const company = stage.companies.at(-1);
  if (!company) return;
  const space = mainSpace(stage);
  const scopeOf = (name: string, hours: number) =>
    scopeAt(stage, space, name, plusMinutes(stage.frame.now, -60 * hours), staff(stage, "owner"));
  const { name, industry, kind, contact } = company;
  const adding = scopeOf(`company ${twice}`, 30);
  const facts = { name: `${name}（相山店）`, kind, industry, contactName: contact } as const;
  await done(adding, await addCompany(adding, { ...facts, contactPhone: "0561 388 2016" }));
  const [from, into] = [companyId(stage, space, twice), companyId(stage, space, company.key)];
  const arriving = scopeOf("parcel of who was entered twice", 28);
  const by = { person: personOf(stage, "owner"), name: accountOf("owner").name };
  const parcel = { company: from, kind: "parcel", carrier: "zto", tracking: "73120088416605" } as const;
  await done(arriving, await registerParcel(arriving, by, parcel));
  await stage.drained();
  const merging = scopeOf("merge who was entered twice", 26);
  for (;;) {
    // Done before, there is nothing to preview, and the first answer is what counts.
    const pair = await previewMerge(merging, from, into);
    const seen = pair.ok ? { from: pair.value.from.rev, into: pair.value.into.rev } : { from: 0, into: 0 };
    const merged = await mergeCompany(merging, from, { into, fields: {}, seen });
    if (!merged.ok && merged.refusal.code === "stale" && pair.ok) continue;
    await done(merging, merged);
    break;
  }
  await stage.drained();
}
