import type { JSX } from "solid-js";
import { Button } from "./button.tsx";
import { DraftNote, type Form, FormFrame } from "./form.tsx";
import { Drawer } from "./overlay.tsx";

/**
 * A form in a drawer, sent by the one button at its foot or with ⌘↵; beside it stands when its draft was kept. `act` says what the button does; `label` is what the form is called where that is not the drawer's title. Large
 * where it is mostly used on a phone.
 */
export function FormDrawer<V extends Record<string, unknown>>(props: {
  open?: boolean;
  onClose: () => void;
  title: string;
  label?: string;
  form: Form<V>;
  act: string;
  danger?: boolean;
  size?: "md" | "lg" | undefined;
  children: JSX.Element;
}) {
  return (
    <Drawer
      open={props.open ?? true}
      onClose={props.onClose}
      title={props.title}
      foot={
        <>
          <DraftNote form={props.form} />
          <Button
            kind={props.danger ? "danger" : "primary"}
            {...(props.size === "lg" ? { size: "lg" } : { keys: ["⌘", "↵"] })}
            busy={props.form.busy()}
            onClick={() => void props.form.submit()}
          >
            {props.act}
          </Button>
        </>
      }
    >
      <FormFrame form={props.form} label={props.label ?? props.title}>
        {props.children}
      </FormFrame>
    </Drawer>
  );
}
