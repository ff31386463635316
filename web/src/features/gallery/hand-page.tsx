import { createSignal } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Plate } from "../../ui/plate.tsx";
import { WarehousePhoneShell } from "../../ui/shell-plain.tsx";
import { Status } from "../../ui/status.tsx";
import { TaskSteps } from "../../ui/steps.tsx";
import { Stepper } from "../../ui/text-field.tsx";
import { Bricks } from "../../ui/ticks.tsx";
import { zhEn } from "./samples.ts";

/** The warehouse phone with a pick in it. */
export default function HandPage() {
  const [quantity, setQuantity] = createSignal(4);
  return (
    <WarehousePhoneShell
      title={zhEn("拣货 PK-1123-07", "Pick PK-1123-07")}
      onBack={() => history.back()}
      offline
      waiting={6}
      foot={
        <>
          <Button size="xxl" icon="flag">
            {zhEn("缺货", "Short")}
          </Button>
          <Button kind="primary" size="xxl" icon="check">
            {zhEn(`确认 ${quantity()} 件`, `Confirm ${quantity()}`)}
          </Button>
        </>
      }
    >
      <div class="px-4 py-2">
        <Bricks total={8} done={2} using={1} label={zhEn("第 3 / 8 行", "Line 3 of 8")} />
        <p class="mt-1 text-xs text-fg-2">{zhEn("第 3 / 8 行", "Line 3 of 8")}</p>
      </div>
      <TaskSteps
        steps={[
          { label: zhEn("货位", "Bin"), state: "done" },
          { label: zhEn("商品", "Item"), state: "done" },
          { label: zhEn("数量", "Count"), state: "now" },
        ]}
      />
      <div class="flex flex-col gap-4 p-4">
        <p>
          <Plate size="xl" tone="solid">
            01-03-02
          </Plate>
        </p>
        <p class="text-fg-2">{zhEn("1 架 3 列 2 层，腰高", "Rack 1, bay 3, level 2, waist high")}</p>
        <p class="border-t border-line pt-4">
          <b>{zhEn("无火香薰 乌木 120 ml", "Reed diffuser ebony 120 ml")}</b>
        </p>
        <Stepper label={zhEn("应拣 4 件", "Pick 4")} size="xl" bind={bound(quantity, setQuantity)} />
        <Status is="in" text={zhEn("货位、商品都已扫对", "Bin and item scanned")} />
      </div>
    </WarehousePhoneShell>
  );
}
