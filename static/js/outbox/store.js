// What must survive a refresh, a crash or a phone call: the state of the session and the events that the clinic
// has not confirmed. Both are written in one step, before the screen moves on. One key per account and session.

/** Off once another window has taken the session over: what this one has in memory is old. */
export const writing = { on: true };
const PREFIX = "stenosis-pt";
const OLD_MS = 3 * 24 * 3600_000;

/**
 * @param {Storage | null} storage localStorage, or null where the browser has none
 * @param {{account: string, session: string}} owner nobody else's key is read for sending
 */
export function openStore(storage, owner) {
  const key = keyOf(owner.account, owner.session);
  let record = read(storage, key) ?? { v: 1, state: null, queue: [], parked: [], wall: 0 };
  let durable = storage !== null;

  function write() {
    if (!writing.on) return;
    try {
      storage.setItem(key, JSON.stringify(record));
      durable = true;
    } catch {
      durable = false; // full or forbidden: events stay in memory and are sent from there
    }
  }

  return {
    owner,
    state: () => record.state,
    queue: () => record.queue,
    parked: () => record.parked,
    durable: () => durable,
    save(state, events, wall) {
      record = { ...record, state, wall, queue: [...record.queue, ...events] };
      write();
    },
    remove(ids) {
      record = { ...record, queue: record.queue.filter((event) => !ids.includes(event.id)) };
      write();
    },
    park(refusals) {
      const why = new Map(refusals.map((each) => [each.id, each.why]));
      const parked = record.queue.filter((event) => why.has(event.id)).map((event) => ({ event, why: why.get(event.id) }));
      record = { ...record, queue: record.queue.filter((event) => !why.has(event.id)), parked: [...record.parked, ...parked] };
      write();
    },
  };
}

/** Other sessions of the same account that still have events to send. */
export function unsentSessions(storage, { account, session }) {
  return keysOf(storage, account)
    .map((key) => key.split("/")[2])
    .filter((other) => other !== session && (read(storage, keyOf(account, other))?.queue.length ?? 0) > 0);
}

/** Remove what is old and fully sent; what was never confirmed stays. */
export function tidy(storage, { account, session }, now) {
  for (const key of keysOf(storage, account)) {
    const record = read(storage, key);
    const kept = !record || key.endsWith(session) || record.queue?.length || record.parked?.length || now - record.wall < OLD_MS;
    if (!kept) storage.removeItem(key);
  }
}

/** S2: a lock that was earned on this device holds here at once, until the clinic's server has been reached. */
export function deviceLock(storage, account) {
  const key = `${PREFIX}-lock/${account}`;
  return {
    read: () => read(storage, key),
    set(level, session, wall) {
      attempt(() => storage.setItem(key, JSON.stringify({ level, session, wall })));
    },
    sent() {
      const lock = read(storage, key);
      if (lock) attempt(() => storage.setItem(key, JSON.stringify({ ...lock, sent: true })));
    },
    clear() {
      attempt(() => storage.removeItem(key));
    },
  };
}

function keyOf(account, session) {
  return `${PREFIX}/${account}/${session}`;
}

function keysOf(storage, account) {
  return attempt(() => Object.keys(storage).filter((key) => key.startsWith(`${PREFIX}/${account}/`))) ?? [];
}

function read(storage, key) {
  return attempt(() => JSON.parse(storage.getItem(key))) ?? null;
}

/** What the work gives; undefined where the browser forbids it. */
export function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
