import { Button } from "../../ui/button.tsx";
import { FloorPlan } from "../../ui/floor-plan.tsx";
import { PlainShell } from "../../ui/shell-plain.tsx";
import { Status } from "../../ui/status.tsx";
import { Steps } from "../../ui/steps.tsx";
import { Bricks } from "../../ui/ticks.tsx";
import { deskZones, zhEn } from "./samples.ts";

/** The set-up frame with its steps. */
export default function SetUpSample() {
  return (
    <PlainShell
      title={zhEn("开通", "Set-up")}
      actions={<Status is="in" text={zhEn("已保存 10:42", "Saved 10:42")} />}
      aside={
        <>
          <div class="flex flex-col gap-2 border-b border-line px-6 py-5">
            <h2 class="text-lg">{zhEn("开通空间", "Set up the space")}</h2>
            <p class="text-fg-2">{zhEn("完成 2 / 5 步", "2 of 5 steps done")}</p>
            <Bricks total={5} done={2} using={1} label={zhEn("完成 2 / 5 步", "2 of 5 steps done")} tall />
          </div>
          <Steps
            label={zhEn("步骤", "Steps")}
            onOpen={() => undefined}
            steps={[
              {
                key: "1",
                title: zhEn("空间信息与城市", "Space and city"),
                note: zhEn("淮海壹号众创空间", "Huaihai Yihao"),
                aside: zhEn("修改", "Change"),
                state: "done",
              },
              { key: "2", title: zhEn("楼层", "Floor"), state: "done" },
              { key: "3", title: zhEn("工位与编号", "Desks"), note: zhEn("已编号 32 个", "32 numbered"), state: "now" },
              { key: "4", title: zhEn("房间", "Rooms"), state: "next" },
              { key: "5", title: zhEn("价目与套餐", "Prices and plans"), state: "next" },
            ]}
          />
        </>
      }
      foot={
        <>
          <Button size="lg">{zhEn("上一步", "Back")}</Button>
          <span class="ml-auto" />
          <Button kind="primary" size="lg" keys={["⌘", "↵"]}>
            {zhEn("保存，去设房间", "Save, on to rooms")}
          </Button>
        </>
      }
    >
      <h1 class="text-lg">{zhEn("工位与编号", "Desks and numbers")}</h1>
      <p class="text-fg-2">
        {zhEn(
          "编号会印在桌牌上，也是预订和账单里的地址。",
          "Numbers are printed on desk plates and used in bookings and bills.",
        )}
      </p>
      <FloorPlan label={zhEn("工位", "Desks")} zones={deskZones()} />
    </PlainShell>
  );
}
