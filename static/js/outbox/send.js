// Events to the clinic: from the store, in order, until each is acknowledged. Nothing is dropped: what the server
// refuses is parked and shown, everything else is tried again with growing waits.

const BATCH = 100;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
const ANSWER_MS = 60_000;
const LOCK_MS = 20_000;
const REFUSED = [400, 409, 413, 422];
const WALLS = { 401: "signed-out", 403: "refused", 404: "refused" };
const WRONG_ACCOUNT = "wrong-account"; // somebody else is signed in here now

/**
 * @param {object} store of one session (store.js)
 * @param {object} means fetch, later(ms, fn) -> cancel, random(), alone(fn) (no two at a time) and cookie()
 *   (document.cookie at send time), cookieName, url, freshUrl (a page that renews the CSRF cookie), told(status, answer)
 */
export function makeSender(store, means) {
  let busy = false;
  let again = false;
  let failures = 0;
  let cancel = null;
  let wall = "";

  async function flush() {
    if (store.queue().length) tell();
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    cancel?.();
    cancel = null;
    try {
      await means.alone(sendAll);
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
    let size = BATCH;
    while (store.queue().length) {
      const batch = store.queue().slice(0, size);
      const answer = await post(batch, true);
      if (batch.length > 1 && (answer.status === 413 || isRefused(batch, answer))) {
        size = Math.ceil(batch.length / 2); // too large, or one that spoils the others: it is found, and stands alone
        continue;
      }
      if (!(await settle(batch, answer))) return retryLater();
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
        signal: AbortSignal.timeout?.(ANSWER_MS),
      });
      const body = await json(response);
      if (response.status === 403 && mayRenew && body?.error !== WRONG_ACCOUNT) {
        await means.fetch(means.freshUrl, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout?.(ANSWER_MS) });
        return post(batch, false);
      }
      return { status: response.redirected ? 0 : response.status, body };
    } catch {
      return { status: 0, body: null };
    }
  }

  /** False where nothing came of it: to be tried again. */
  async function settle(batch, answer) {
    const { status, body } = answer;
    const each = results(batch, answer);
    const done = each.filter(({ result }) => result === "accepted" || result === "duplicate").map(({ id }) => id);
    let refused = each.filter(({ result }) => result === "conflict" || result === "refused");
    if (isRefused(batch, answer)) refused = [{ id: batch[0].id, why: body.error ?? String(status) }];
    if (done.length) await store.remove(done);
    if (refused.length) await store.park(refused.map(({ id, why }) => ({ id, why: why ?? "" })));
    const some = done.length + refused.length > 0;
    if (!some) wall = body?.error === WRONG_ACCOUNT ? "signed-out" : (WALLS[status] ?? "waiting");
    tell(body?.session);
    return some;
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

function results(batch, { body }) {
  const mine = new Set(batch.map((event) => event.id));
  return Array.isArray(body?.results) ? body.results.filter((each) => mine.has(each.id)) : [];
}

/** The server's own word that the whole batch is not taken; a page of somebody in between is not that. */
function isRefused(batch, answer) {
  return Boolean(answer.body) && REFUSED.includes(answer.status) && !results(batch, answer).length;
}

/** One window of the account sends at a time; where that cannot be had, the server knows what it has got. */
export async function alone(name, work, locks = globalThis.navigator?.locks) {
  if (!locks) return work();
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), LOCK_MS);
  let begun = false;
  const mine = () => {
    begun = true;
    clearTimeout(timer);
    return work();
  };
  try {
    return await locks.request(name, { signal: enough.signal }, mine);
  } catch (error) {
    if (begun || error.name !== "AbortError") throw error;
    return work();
  }
}

/** What may truthfully be said about saving: sent, saved, memory, signed-out, refused or attention. */
function statusOf(store, wall = "") {
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
  return type.includes("json") ? response.json().catch(() => null) : null;
}
