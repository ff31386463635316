/** Has no timers. */
export async function handler() {
  return { handled: 0 };
}
