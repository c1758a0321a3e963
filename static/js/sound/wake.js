// The screen stays on while a session runs, where the device lets it; where it does not, a tip says so.

import { FINAL } from "../player/machine.js";

const LONG_PAUSE_MS = 120_000;
const START = '[data-do="start"], [data-do="choose"]';

/**
 * @param {Window} scope
 * @param {(held: boolean) => void} told false where the device refuses
 */
export function makeWake(scope, told) {
  const { document, navigator } = scope;
  let lock = null;
  let asking = false; // one question at a time: what an earlier one gives would be held for ever
  let wanted = false;

  async function hold() {
    wanted = true;
    if (asking || (lock && !lock.released)) return;
    asking = true;
    try {
      lock = await navigator.wakeLock.request("screen");
      told(!pretends(navigator));
    } catch {
      told(false);
    }
    asking = false;
    if (!wanted) release();
  }

  function release() {
    wanted = false;
    lock?.release().catch(() => {});
    lock = null;
  }

  function step(state, t) {
    const long = state.name === "paused" && t - state.since > LONG_PAUSE_MS;
    if (FINAL.includes(state.name) || !state.started || long) release();
    else if (document.visibilityState === "visible") hold();
  }

  if (!navigator.wakeLock || pretends(navigator)) told(false);
  document.addEventListener("click", (event) => event.target.closest(START) && hold(), true);
  scope.addEventListener("pagehide", release);
  return { step };
}

/** Home-screen apps of iOS before 18.4 promise an awake screen and let it go dark (WebKit 254545). */
export function pretends({ standalone, userAgent }) {
  const [, major, minor] = /(?:iPhone|iPad|iPod).*? OS (\d+)_(\d+)/.exec(userAgent ?? "") ?? [];
  return standalone === true && major !== undefined && Number(major) + Number(minor) / 100 < 18.04;
}
