/** Least characters of a password; NIST SP 800-63B asks for length and a list of common ones, not for character classes. */
export const passwordLeast = 10;
/** Most characters of a password, so that hashing stays cheap. */
export const passwordMost = 128;

/** Passwords of ten or more characters that head the published lists of leaked ones, and ours and Chinese keyboards' own. */
const common = new Set(
  (
    "1234567890 0123456789 0987654321 12345678910 123456789a a123456789 qwertyuiop qwerty1234 qwerty12345 qwerty123456 " +
    "1q2w3e4r5t 1qaz2wsx3edc 1q2w3e4r5t6y q1w2e3r4t5 password12 password123 password1234 passw0rd123 p@ssw0rd123 " +
    "iloveyou123 letmein123 welcome123 admin12345 admin123456 administrator changeme123 abcd123456 abc1234567 " +
    "asdfghjkl1 asdfghjkl; zxcvbnm123 zxcvbnm,./ 147258369a 147258369q 123qweasdzxc qweasdzxc123 woaini1314 woaini1314520 " +
    "5201314520 woaini520520 a1b2c3d4e5 aa12345678 aa123456789 q123456789 z123456789 w123456789 yihao12345 yihao123456 " +
    "1111111111 0000000000 8888888888 6666666666 1212121212 1231231230 123123123a 123123123q"
  ).split(" "),
);

export type PasswordFault = "short" | "long" | "common" | "plain" | "email";

/** What is wrong with a password, or nothing: too short or long, common, one character or a run throughout, or the e-mail's own name. */
export function passwordFault(password: string, email: string): PasswordFault | undefined {
  const length = [...password].length;
  if (length < passwordLeast) return "short";
  if (length > passwordMost) return "long";
  const low = password.toLowerCase();
  if (common.has(low)) return "common";
  if (new Set(low).size < 4 || isRun(low)) return "plain";
  const name = email.toLowerCase().split("@", 1)[0] ?? "";
  if (
    low === email.toLowerCase() ||
    (name.length >= 4 && low.replaceAll(/[^a-z]/g, "") === name.replaceAll(/[^a-z]/g, "") && low.startsWith(name))
  )
    return "email";
  return undefined;
}

function isRun(text: string): boolean {
  const steps = new Set<number>();
  for (let index = 1; index < text.length; index += 1) steps.add(text.charCodeAt(index) - text.charCodeAt(index - 1));
  return steps.size === 1;
}
