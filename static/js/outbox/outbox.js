// All that this device holds of one account, each session with a sender of its own.

import { alone, makeSender } from "./send.js";
import { openStore, unsentSessions } from "./store.js";

/**
 * @param {object | null} database
 * @param {string} account who is signed in on this page; nobody else's events are looked at
 * @param {object} means address(session) of its events, cookieName, freshUrl, told(store, status, answer)
 */
export function makeOutbox(database, account, means) {
  const senders = new Map();

  function add(store) {
    const sender = makeSender(store, {
      fetch: (...all) => window.fetch(...all),
      later: (ms, work) => {
        const id = setTimeout(work, ms);
        return () => clearTimeout(id);
      },
      random: Math.random,
      alone: (work) => alone(`stenosis-pt/outbox/${account}`, work),
      cookie: () => document.cookie,
      cookieName: means.cookieName,
      url: means.address(store.owner.session),
      freshUrl: means.freshUrl,
      told: (word, answer) => means.told(store, word, answer),
    });
    senders.set(store.owner.session, sender);
    return sender;
  }

  /** What earlier sessions left. */
  async function gather() {
    for (const session of await unsentSessions(database, account)) {
      if (!senders.has(session)) add(await openStore(database, { account, session }));
    }
  }

  return { add, gather, flush: () => Promise.all([...senders.values()].map((each) => each.flush())) };
}

/** Each time somebody may look at the page again, or the network may be back. */
export function onReturn(work) {
  for (const [target, name] of [[document, "visibilitychange"], [window, "pageshow"], [window, "focus"], [window, "online"]]) {
    target.addEventListener(name, () => document.visibilityState === "hidden" || work());
  }
}
