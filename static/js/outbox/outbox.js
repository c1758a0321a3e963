// All that this device holds of one account, each session with a sender of its own.

import { alone, makeSender } from "./send.js";
import { deviceLock, openStore, unsentSessions } from "./store.js";

const NO_SESSION = "00000000-0000-0000-0000-000000000000"; // stands in an address for the session's id

/**
 * @param {object | null} database
 * @param {string} account who is signed in on this page; nobody else's events are looked at
 * @param {object} means address(session) of its events, cookieName, freshUrl, told(store, status, answer)
 */
export function makeOutbox(database, account, means) {
  const held = new Map();

  /** @param {boolean} live whether the session's own page writes into the store */
  function add(store, live = true) {
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
      told(word, answer) {
        if (word === "sent") deviceLock(database, account).read(); // a lock is sent with what earned it
        means.told(store, word, answer);
      },
    });
    held.set(store.owner.session, { store, sender, live });
    return sender;
  }

  /** What other sessions left, or other windows since. */
  async function gather() {
    for (const session of await unsentSessions(database, account)) {
      const known = held.get(session);
      if (!known || (!known.live && !known.store.queue().length)) add(await openStore(database, { account, session }), false);
    }
  }

  return { add, gather, flush: () => Promise.all([...held.values()].map(({ sender }) => sender.flush())) };
}

/** An outbox with what an element of the page says: whose it is, and where it is sent to. */
export function outboxOf({ dataset }, database, told) {
  return makeOutbox(database, dataset.account, {
    address: (session) => dataset.eventsUrl.replace(NO_SESSION, session),
    cookieName: dataset.csrfCookie,
    freshUrl: dataset.todayUrl,
    told,
  });
}

/** Each time somebody may look at the page again, or the network may be back. */
export function onReturn(work) {
  for (const [target, name] of [[document, "visibilitychange"], [window, "pageshow"], [window, "focus"], [window, "online"]]) {
    target.addEventListener(name, () => document.visibilityState === "hidden" || work());
  }
}
