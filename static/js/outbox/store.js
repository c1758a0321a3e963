// What must survive a refresh, a crash or a phone call: the state of the session and the events that the clinic
// has not confirmed. Both are written in one transaction, before the screen moves on. Rows of one account alone.

import { attempt, earlierKeys, wipe, wipeCaches } from "./database.js";

/** Off once another window has taken the session over: what this one has in memory is old. */
export const writing = { on: true };
const OLD_MS = 3 * 24 * 3600_000;
const WRITE_MS = 2_000; // the session goes on though a disk does not answer; nothing is called saved then
const PREFIX = "stenosis-pt";

/**
 * @param {object | null} database of database.js, or null where the browser keeps nothing
 * @param {{account: string, session: string}} owner nobody else's rows are read
 * @param {(ms: number) => Promise<void>} pause
 */
export async function openStore(database, owner, pause = inReality) {
  const { account, session } = owner;
  const [row, rows] = await Promise.all([
    database?.get("sessions", [account, session]),
    database?.all("events", account, session),
  ]).catch(() => []);
  let state = row?.state ?? null;
  let queue = (rows ?? []).filter((each) => !each.parked).map(asSent);
  let parked = (rows ?? []).filter((each) => each.parked).map((each) => ({ event: asSent(each), why: each.parked }));
  const missing = new Set(); // ids of events that only the memory holds
  let durable = database !== null;
  let owed; // a lock that is not on the disk yet

  /** True once it is on the disk; false if it is not, or takes too long. */
  async function write(changes, then = () => {}) {
    if (!database) return false;
    const written = database.write(changes).then(() => (then(), true), () => false);
    return Promise.race([written, pause(WRITE_MS).then(() => false)]);
  }

  return {
    owner,
    state: () => state,
    queue: () => queue,
    parked: () => parked,
    durable: () => durable,
    /** S2: a lock that is earned goes with the answers that earned it; one of elsewhere takes the place of none. */
    async save(next, events, wall, lock) {
      if (!writing.on) return;
      lock ||= owed;
      state = next;
      queue = [...queue, ...events];
      for (const { id } of events) missing.add(id);
      const late = queue.filter(({ id }) => missing.has(id));
      const changes = [
        ["put", "sessions", { account, session, state, wall }],
        ...late.map((event) => ["put", "events", { ...event, account, session, parked: "" }]),
        ...(lock ? [[lock.sent ? "add" : "put", "locks", { account, session, ...lock }]] : []),
      ];
      const inTime = await write(changes, () => {
        for (const { id } of late) missing.delete(id);
        durable = !missing.size; // also where it took too long
      });
      durable = inTime && !missing.size;
      owed = !inTime && lock;
    },
    async remove(ids) {
      const gone = new Set(ids);
      queue = queue.filter(({ id }) => !gone.has(id));
      for (const id of ids) missing.delete(id);
      await write(ids.map((id) => ["delete", "events", id]));
    },
    async park(refusals) {
      const why = new Map(refusals.map((each) => [each.id, each.why || "refused"]));
      const refused = queue.filter(({ id }) => why.has(id));
      queue = queue.filter(({ id }) => !why.has(id));
      parked = [...parked, ...refused.map((event) => ({ event, why: why.get(event.id) }))];
      await write(refused.map((event) => ["put", "events", { ...event, account, session, parked: why.get(event.id) }]));
    },
  };
}

/** The account's events that still have to be sent. */
export async function unsent(database, account) {
  const rows = await database?.all("events", account).catch(() => []);
  return (rows ?? []).filter((each) => !each.parked);
}

/**
 * Nobody is signed in here any more: what the clinic has leaves the device; what it has not stays, unseen, for the one
 * whose it is.
 * @param {string} lost the account whose events go too, sent or not
 * @returns {Promise<boolean>} nothing is left
 */
export async function leave(database, lost = "") {
  const events = await database.all("events");
  const waiting = events.filter((each) => each.account !== lost);
  if (!waiting.length) {
    await wipe(database);
    return true;
  }
  const accounts = new Set(waiting.map((each) => each.account));
  const sessions = new Set(waiting.map((each) => each.session));
  const drop = (name, rows, key) => rows.map((row) => ["delete", name, key(row)]);
  await database.write([
    ...drop("events", events.filter((each) => each.account === lost), (each) => each.id),
    ...drop("sessions", (await database.all("sessions")).filter((each) => !sessions.has(each.session)), (each) => [each.account, each.session]),
    ...drop("locks", (await database.all("locks")).filter((each) => !accounts.has(each.account)), (each) => each.account),
    ["clear", "documents"],
  ]);
  await wipeCaches();
  return false;
}

/** Sessions of the account that still have events to send. */
export async function unsentSessions(database, account) {
  return [...new Set((await unsent(database, account)).map((each) => each.session))];
}

/** Remove what is old and fully sent; what was never confirmed stays. */
export async function tidy(database, { account, session }, now) {
  const rows = (name) => database?.all(name, account).catch(() => []) ?? [];
  const [sessions, events] = await Promise.all([rows("sessions"), rows("events")]);
  const kept = new Set([session, ...events.map((each) => each.session)]);
  const old = sessions.filter((each) => !kept.has(each.session) && now - each.wall >= OLD_MS);
  await database?.write(old.map((each) => ["delete", "sessions", [account, each.session]])).catch(() => {});
}

/** S2: a lock that was earned on this device holds here at once, until the clinic has had what earned it and has answered. */
export function deviceLock(database, account) {
  const quietly = (work) => (database ? work().catch(() => null) : null);

  /** The lock; `answered` where a page that was made at `made` (epoch ms) is younger than the sending, so that it knows. */
  async function read(made = 0) {
    const lock = await quietly(() => database.get("locks", account));
    if (!lock) return null;
    const answered = lock.sent > 0 && made > lock.sent;
    if (!lock.sent && (await quietly(() => database.all("events", account, lock.session)))?.length === 0) {
      lock.sent = Date.now();
      await quietly(() => database.write([["put", "locks", lock]]));
    }
    return { ...lock, answered };
  }

  return { read, clear: () => quietly(() => database.write([["delete", "locks", account]])) };
}

/** Once: what the version before this one kept elsewhere moves into the database, and only then leaves its place. */
export async function moveIn(storage, database) {
  const keys = earlierKeys(storage);
  if (!database || !keys.length) return;
  const changes = keys.flatMap((key) => rowsOf(key, attempt(() => JSON.parse(storage.getItem(key)))));
  try {
    await database.write(changes);
  } catch {
    return;
  }
  for (const key of keys) attempt(() => storage.removeItem(key));
}

function rowsOf(key, kept) {
  const [prefix, account, session] = key.split("/");
  if (!kept) return [];
  if (prefix !== PREFIX) return [["add", "locks", { ...kept, account, sent: 0 }]];
  const event = (each, parked) => ["add", "events", { ...each, account, session, parked }];
  return [
    ["add", "sessions", { account, session, state: kept.state, wall: kept.wall ?? 0 }],
    ...(kept.queue ?? []).map((each) => event(each, "")),
    ...(kept.parked ?? []).map((each) => event(each.event, each.why || "refused")),
  ];
}

function asSent({ account, session, parked, ...event }) {
  return event;
}

function inReality(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
