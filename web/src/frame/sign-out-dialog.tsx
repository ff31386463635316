import { useNavigate } from "@solidjs/router";
import { dictionary } from "../i18n.ts";
import { leaving, setLeaving, signOut } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/overlay.tsx";

const words = dictionary({
  zh: {
    title: (n: number) => `还有 ${n} 步没同步`,
    say: "它们只在这台设备上，仓库里还看不到。退出后仍留在这里，等你在这台设备上重新登录再发出；别人登录不会替你发。",
    stay: "先同步",
    leave: "仍然退出",
  },
  en: {
    title: (n: number) => (n === 1 ? "1 step is not synced" : `${n} steps are not synced`),
    say: "They are only on this device; the warehouse does not see them yet. They stay here until you sign in again on this device, and nobody else sends them for you.",
    stay: "Sync first",
    leave: "Sign out anyway",
  },
});

/** Asks whoever signs out with work that only this device knows. */
export default function SignOutDialog() {
  const t = words();
  const navigate = useNavigate();
  const close = () => setLeaving(undefined);
  return (
    <Dialog
      open
      onClose={close}
      title={t.title(leaving() ?? 0)}
      foot={
        <>
          <Button
            kind="primary"
            onClick={() => {
              close();
              navigate("/wh");
            }}
          >
            {t.stay}
          </Button>
          <Button
            kind="danger-outline"
            onClick={() => {
              close();
              void signOut(true);
            }}
          >
            {t.leave}
          </Button>
        </>
      }
    >
      {t.say}
    </Dialog>
  );
}
