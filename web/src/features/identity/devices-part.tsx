import type { Device, Security } from "@yihao/identity/model";
import { createSignal, Show } from "solid-js";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { endDevice, endOthers, renewSecurity } from "./account-data.ts";
import { accountWords } from "./account-words.ts";
import { deviceName } from "./device.ts";
import { dayText } from "./open-invitations.tsx";

/** The devices that are signed in (已登录的设备): which, when last active, from where; one or all others can be signed out, at once. */
export function DevicesPart(props: { security: Security }) {
  const t = accountWords();
  const [busy, setBusy] = createSignal<string>();
  const name = (one: Device) => deviceName(one.agent) ?? t.unknownDevice;
  const attempt = async (key: string, act: () => Promise<unknown>, said: string) => {
    setBusy(key);
    try {
      await act();
      await renewSecurity();
      toast({ text: said });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(undefined);
    }
  };
  const others = () => props.security.devices.some((one) => !one.current);
  return (
    <Pane
      title={t.devices}
      note={others() ? undefined : t.only}
      actions={
        <Show when={others()}>
          <Button busy={busy() === "others"} onClick={() => void attempt("others", endOthers, t.endedOthers)}>
            {t.endOthers}
          </Button>
        </Show>
      }
    >
      <DataTable
        label={t.devices}
        rowHeight={40}
        rows={props.security.devices}
        rowKey={(one) => one.id}
        columns={[
          { key: "name", head: t.device, cell: (one) => <b>{name(one)}</b> },
          { key: "address", head: t.address, width: "150px", from: "tablet", cell: (one) => one.address || t.never },
          { key: "seen", head: t.seen, width: "88px", align: "end", cell: (one) => dayText(one.seenAt) },
          {
            key: "acts",
            head: "",
            width: "112px",
            align: "end",
            cell: (one) => (
              <Show when={!one.current} fallback={<Status is="inUse" text={t.thisDevice} />}>
                <Button
                  kind="text"
                  size="sm"
                  busy={busy() === one.id}
                  aria-label={t.endOne(name(one))}
                  onClick={() => void attempt(one.id, () => endDevice(one.id), t.ended(name(one)))}
                >
                  {t.end}
                </Button>
              </Show>
            ),
          },
        ]}
      />
    </Pane>
  );
}
