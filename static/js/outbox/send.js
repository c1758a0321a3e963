// Events to the clinic: from the store, in order, until each is acknowledged. Nothing is dropped: what the server
// refuses is parked and shown, everything else is tried again with growing waits.

const BATCH = 100;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;

/**
 * @param {object} store of one session (store.js)
 * @param {object} means fetch, later(ms, fn) -> cancel, random() and cookie() (document.cookie at send time),
 *   cookieName, url, freshUrl (a page that renews the CSRF cookie), told(status, answer)
 */
export function makeSender(store, means) {
  let busy = false;
  let again = false;
  let failures = 0;
  let cancel = null;
  let wall = "";

  async function flush() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    cancel?.();
    cancel = null;
    if (store.queue().length) tell();
    try {
      await sendAll();
    } finally {
      busy = false;
    }
    if (again) {
      again = false;
      await flush();
    }
  }

  async function sendAll() {
    wall = "";
    while (store.queue().length) {
      const batch = store.queue().slice(0, BATCH);
      const before = store.queue().length;
      const answer = await post(batch, true);
      settle(batch, answer);
      if (store.queue().length >= before) return retryLater();
      failures = 0;
    }
    tell();
  }

  async function post(batch, mayRenew) {
    try {
      const response = await means.fetch(means.url, {
        method: "POST",
        credentials: "same-origin",
        redirect: "error",
        keepalive: batch.length < 20,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token(means), Accept: "application/json" },
        body: JSON.stringify({ account: store.owner.account, events: batch }),
      });
      const body = await json(response);
      if (response.status === 403 && mayRenew && !body?.results) {
        await means.fetch(means.freshUrl, { credentials: "same-origin" });
        return post(batch, false);
      }
      return { status: response.redirected ? 0 : response.status, body };
    } catch {
      return { status: 0, body: null };
    }
  }

  function settle(batch, { status, body }) {
    const mine = new Set(batch.map((event) => event.id));
    const results = Array.isArray(body?.results) ? body.results.filter((each) => mine.has(each.id)) : [];
    if (results.length) {
      const done = results.filter((each) => each.result === "accepted" || each.result === "duplicate");
      const refused = results.filter((each) => each.result === "conflict" || each.result === "refused");
      if (done.length) store.remove(done.map((each) => each.id));
      if (refused.length) store.park(refused.map(({ id, why }) => ({ id, why: why ?? "" })));
    } else if ([400, 409, 422].includes(status) && body) {
      store.park(batch.map(({ id }) => ({ id, why: body.error ?? String(status) })));
    } else {
      wall = { 401: "signed-out", 403: "refused", 404: "refused" }[status] ?? "waiting";
    }
    tell(body?.session);
  }

  function retryLater() {
    failures += 1;
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
    cancel = means.later(longest * (0.5 + means.random() / 2), flush);
    tell();
  }

  function tell(session = null) {
    means.told(statusOf(store, wall), session);
  }

  return { flush, status: () => statusOf(store, wall) };
}

/** What may truthfully be said about saving: sent, saved, memory, signed-out, refused or attention. */
export function statusOf(store, wall = "") {
  if (store.queue().length) {
    if (wall === "signed-out" || wall === "refused") return wall;
    return store.durable() ? "saved" : "memory";
  }
  return store.parked().length ? "attention" : "sent";
}

function token({ cookie, cookieName }) {
  const found = cookie().split("; ").find((pair) => pair.startsWith(`${cookieName}=`));
  return found ? decodeURIComponent(found.slice(cookieName.length + 1)) : "";
}

async function json(response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.includes("json")) return null;
  try {
    return await response.json();
  } catch {
    return null;
  }
}
