/** Letters of an answer that are kept. */
export const answerLetters = 300;

/** The first letters of what an endpoint answered, in one line, without what may be of people or secret: addresses of mail, long numbers (phones, identity cards, cards of banks), long random texts. */
export function redacted(text: string): string {
  return [...text.slice(0, 4 * answerLetters)]
    .map((char) => (/[\p{Cc}\u2028\u2029\ufffd]/u.test(char) ? " " : char))
    .join("")
    .replaceAll(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, "‹mail›")
    .replaceAll(/\b(?:eyJ|sk_|pk_|yk_|whsec_)[\w.+/=-]*/g, "‹secret›")
    .replaceAll(/(?<![\w/])(?=[\w+=-]*\d)(?=[\w+=-]*[A-Za-z])[\w+=-]{20,}/g, "‹secret›")
    .replaceAll(/\d(?:[ -]?\d){6,}/g, "‹number›")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, answerLetters);
}
