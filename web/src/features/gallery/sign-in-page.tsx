import { Button } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { SignInShell } from "../../ui/shell-plain.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { zhEn } from "./samples.ts";

/** The frame before a space, with a sign-in form in it. */
export default function SignInSample() {
  const form = createForm({ name: "sample", initial: { email: "", password: "" }, submit: async () => undefined });
  return (
    <SignInShell foot={zhEn("数据存放在境内", "Data stay in the country")}>
      <h1 class="text-xl">{zhEn("登录", "Sign in")}</h1>
      <p class="mb-6 text-fg-2">
        {zhEn("没有账号？向所在空间要邀请链接。", "No account? Ask your space for an invitation.")}
      </p>
      <FormFrame form={form} label={zhEn("登录", "Sign in")}>
        <TextField
          label={zhEn("邮箱", "E-mail")}
          type="email"
          size="lg"
          autocomplete="email"
          bind={form.field("email")}
        />
        <TextField
          label={zhEn("密码", "Password")}
          type="password"
          size="lg"
          autocomplete="current-password"
          bind={form.field("password")}
        />
        <Button kind="primary" size="lg" type="submit" block>
          {zhEn("登录", "Sign in")}
        </Button>
      </FormFrame>
    </SignInShell>
  );
}
