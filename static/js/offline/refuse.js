// HZ20: a page that the device kept from another day, or with rules of more than 14 days, starts nothing. The words
// for a lock of this device, or else for a plan that is too old, are shown with the numbers to call.

import { openDatabase } from "../outbox/database.js";

const { documentElement: root } = document;

/** Is this a page that the device kept? What it says of the clinic's clock is as old as the page (X3). */
export const isKept = () => "offline" in root.dataset;

/**
 * When the page was asked for, as the device's clock says (epoch ms): what the clinic had only after that is not in it
 * (S2). Reckoned at once: a device that sleeps later stops the one clock and not the other.
 */
export const madeAt = Number(root.dataset.saved) || Date.now() - performance.now();

export const isTooOld = () => root.dataset.offline === "old";

export async function refuse(account) {
  const lock = await (await openDatabase())?.get("locks", account).catch(() => null);
  for (const each of document.querySelectorAll("[data-opening], [data-plain]")) each.hidden = true;
  const screen = document.querySelector(`[data-screen="${lock ? `outcome:${lock.level}` : "too-old"}"]`);
  screen.hidden = false;
  screen.querySelector("[data-focus]").focus();
  root.dataset.player = "refused";
}
