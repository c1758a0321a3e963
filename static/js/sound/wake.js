// The screen stays on while a session runs, where the device lets it.

/** Keeps the screen on while it may; told(false) where the device refuses. */
export function makeWakeLock(navigator, told) {
  let lock = null;
  return {
    async hold() {
      if (lock && !lock.released) return;
      try {
        lock = await navigator.wakeLock.request("screen");
        told(true);
      } catch {
        told(false);
      }
    },
    release() {
      lock?.release().catch(() => {});
      lock = null;
    },
  };
}
