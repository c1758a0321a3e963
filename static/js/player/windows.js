// One window at a time has the session: two would record the same set twice. Another may take it over.

import { writing } from "../outbox/store.js";

/**
 * @param {string} session whose window this is
 * @param {() => Promise<object>} begin starts the player here; gives the store that keeps its events
 * @param {(takeOver: () => void) => void} elsewhere shows that the session runs in another window
 */
export function oneWindow(session, begin, elsewhere) {
  const name = `stenosis-pt/${session}`;
  if (!navigator.locks) return begin();
  let store;

  const ask = (options) =>
    navigator.locks.request(name, options, async (lock) => {
      // Without that screen exercise is locked: the words of the lock come first, in every window (S2).
      if (!lock && document.querySelector("[data-screen=elsewhere]")) return elsewhere(takeOver);
      store = await begin();
      if (lock) await new Promise(() => {});
    }).catch((error) => {
      if (error.name !== "AbortError") throw error;
      writing.on = false; // taken over: nothing runs on here, though the page may take long to come anew
      if (!store || store.durable() || !store.queue().length) location.reload();
    });

  // With the server's time, locks and events of now: this page may have lain here for long.
  function takeOver() {
    sessionStorage.setItem(name, 1);
    location.reload();
  }

  ask(sessionStorage.getItem(name) ? { steal: true } : { ifAvailable: true });
  sessionStorage.removeItem(name);
}
