import assert from "node:assert/strict";
import test from "node:test";

import { deviceLock, leave, moveIn, openStore, tidy, unsentSessions } from "../../static/js/outbox/store.js";
import { noticesOf } from "../../static/js/outbox/waiting.js";
import { memory } from "./database.mjs";

const OWNER = { account: "a1", session: "s1" };
const at = (id, seq = 0) => ({ id, seq, kind: "pain" });
const ids = (events) => events.map(({ id }) => id);

async function saved(database, owner, events, wall = 0) {
  const store = await openStore(database, owner);
  await store.save({ v: 1 }, events, wall);
  return store;
}

function earlier(entries) {
  const kept = new Map(Object.entries(entries));
  const target = { getItem: (key) => kept.get(key) ?? null, removeItem: (key) => kept.delete(key) };
  return new Proxy(target, { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });
}

test("state and events survive a reload, in order, and another account's are not seen", async () => {
  const database = memory();
  await saved(database, OWNER, [at("e2", 1), at("e1", 0)]);
  const again = await openStore(database, OWNER);
  assert.deepEqual([again.state(), again.queue()], [{ v: 1 }, [at("e1", 0), at("e2", 1)]]);
  assert.deepEqual((await openStore(database, { account: "b2", session: "s1" })).queue(), []);
  assert.deepEqual(await unsentSessions(database, "a1"), ["s1"]);
  assert.deepEqual(await unsentSessions(database, "b2"), []);
});

test("state, events and a lock are written in one step", async () => {
  const database = memory();
  const writes = [];
  const { write } = database;
  database.write = (changes) => (writes.push(changes.map(([how, name]) => `${how} ${name}`)), write(changes));
  const store = await openStore(database, OWNER);
  await store.save({ v: 1 }, [at("e1"), at("e2")], 7, { level: "E", sent: 0 });
  assert.deepEqual(writes, [["put sessions", "put events", "put events", "put locks"]]);
  assert.deepEqual(await deviceLock(database, "a1").read(), { account: "a1", session: "s1", level: "E", sent: 0, answered: false });
});

test("what could not be written is written with the next that can", async () => {
  const database = memory();
  const store = await openStore(database, OWNER);
  database.fill();
  await store.save({ v: 1 }, [at("e1")], 0);
  assert.deepEqual([store.durable(), ids(store.queue())], [false, ["e1"]]);
  database.empty();
  await store.save({ v: 2 }, [at("e2", 1)], 0);
  assert.equal(store.durable(), true);
  assert.deepEqual(ids((await openStore(database, OWNER)).queue()), ["e1", "e2"]);
});

test("a disk that does not answer does not hold the session up", async () => {
  const database = memory();
  const store = await openStore(database, OWNER, async () => {});
  database.hang();
  await store.save({ v: 1 }, [at("e1")], 0);
  assert.deepEqual([store.durable(), ids(store.queue())], [false, ["e1"]]);
});

test("no database at all: the session goes on in memory", async () => {
  const store = await saved(null, OWNER, [at("e1")]);
  assert.deepEqual([store.queue().length, store.durable()], [1, false]);
  await store.remove(["e1"]);
  assert.deepEqual(store.queue(), []);
});

test("what was sent is gone after a reload, what was refused is kept apart with its reason", async () => {
  const database = memory();
  const store = await saved(database, OWNER, [at("e1"), at("e2", 1), at("e3", 2)]);
  await store.remove(["e1"]);
  await store.park([{ id: "e2", why: "" }]);
  const again = await openStore(database, OWNER);
  assert.deepEqual(ids(again.queue()), ["e3"]);
  assert.deepEqual(again.parked(), [{ event: at("e2", 1), why: "refused" }]);
});

test("old sessions are tidied away, but never what was not sent", async () => {
  const database = memory();
  for (const [session, events] of [["old", []], ["unsent", [at("e1")]], ["now", []]]) await saved(database, { account: "a1", session }, events);
  await tidy(database, { account: "a1", session: "now" }, 9e9);
  assert.deepEqual((await database.all("sessions", "a1")).map((each) => each.session).sort(), ["now", "unsent"]);
});

test("S2 a lock that could not be written is written with the next step, once", async () => {
  const database = memory();
  const store = await openStore(database, OWNER);
  const lock = async () => (await deviceLock(database, "a1").read())?.level;
  database.fill();
  await store.save({ v: 1 }, [at("e1")], 0, { level: "E", sent: 0 });
  assert.equal(await lock(), undefined);
  database.empty();
  await store.save({ v: 1 }, [], 0);
  assert.equal(await lock(), "E");
  await deviceLock(database, "a1").clear();
  await store.save({ v: 1 }, [], 0);
  assert.equal(await lock(), undefined);
});

test("S2 a lock of this device is kept for its account alone", async () => {
  const database = memory();
  await (await openStore(database, OWNER)).save({}, [], 5, { level: "E", sent: 0 });
  assert.equal((await deviceLock(database, "a1").read()).level, "E");
  assert.equal(await deviceLock(database, "b2").read(), null);
  await deviceLock(database, "a1").clear();
  assert.equal(await deviceLock(database, "a1").read(), null);
});

test("S2 X8 a lock is answered by a page that was made after the clinic had all that earned it, and by none before", async () => {
  const database = memory();
  const lock = (made) => deviceLock(database, "a1").read(made);
  const store = await openStore(database, OWNER);
  await store.save({}, [at("e1"), at("e2")], 5, { level: "E", sent: 0 });
  await store.remove(["e1"]);
  assert.equal((await lock(Date.now() + 1000)).answered, false, "some of it waits");
  await store.park([{ id: "e2", why: "refused" }]);
  assert.equal((await lock(Date.now() + 1000)).answered, false, "the clinic never took it");
  await database.write([["delete", "events", "e2"]]);
  const made = Date.now() - 1;
  assert.equal((await lock(Infinity)).answered, false, "the page that sends it was made before");
  assert.equal((await lock(made)).answered, false, "so was one that the device kept");
  assert.equal((await lock(Date.now() + 1000)).answered, true);
});

test("S2 a lock that the clinic tells of takes not the place of one that it has not heard of", async () => {
  const database = memory();
  await (await openStore(database, OWNER)).save({}, [at("e1")], 5, { level: "E", sent: 0 });
  await (await openStore(database, { account: "a1", session: "s2" })).save({}, [], 6, { level: "T", sent: 6 });
  const { session, level, answered } = await deviceLock(database, "a1").read(Date.now() + 1000);
  assert.deepEqual([session, level, answered], ["s1", "E", false]);
});

const BEFORE = {
  "stenosis-pt/a1/s1": JSON.stringify({ v: 1, state: { v: 1, name: "hold" }, wall: 3, queue: [at("e1")], parked: [{ event: at("e2", 1), why: "conflict" }] }),
  "stenosis-pt-lock/a1": JSON.stringify({ level: "E", session: "s1", wall: 3 }),
  "stenosis-pt-settings": "{}",
};

test("what an earlier version kept elsewhere moves in once, with nothing lost and nothing overwritten", async () => {
  const database = memory();
  await saved(database, OWNER, [at("e9", 9)]);
  const storage = earlier(BEFORE);
  await moveIn(storage, database);
  assert.deepEqual(Object.keys(storage), ["stenosis-pt-settings"]);
  const store = await openStore(database, OWNER);
  assert.deepEqual([store.state().name, ids(store.queue()), ids(store.parked().map((each) => each.event))], [undefined, ["e1", "e9"], ["e2"]]);
  assert.equal((await deviceLock(database, "a1").read()).level, "E");
});

test("a move that fails leaves everything where it is", async () => {
  const database = memory();
  database.fill();
  const storage = earlier(BEFORE);
  await moveIn(storage, database);
  assert.equal(Object.keys(storage).length, 3);
});

test("a sign-out takes one account's all, and of others only what the clinic has", async () => {
  const database = memory();
  await saved(database, OWNER, [at("e1")]);
  await saved(database, { account: "b2", session: "s2" }, [at("e2")]);
  await saved(database, { account: "b2", session: "s3" }, []);
  await database.write([["put", "documents", { path: "/today/", account: "b2" }], ["put", "locks", { account: "b2", level: "T" }]]);
  assert.equal(await leave(database, "a1"), false);
  const left = async (name) => (await database.all(name)).map((each) => each.id ?? each.session ?? each.account ?? each.path);
  assert.deepEqual([await left("events"), await left("sessions"), await left("locks"), await left("documents")], [["e2"], ["s2"], ["b2"], []]);
  assert.equal(await leave(database, "b2"), true);
  assert.deepEqual([await left("events"), await left("sessions"), await left("locks")], [[], [], []]);
});

test("the day's page says what is not sent, loudly after a day, and that it is sent once it was", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  const row = (at, parked = "") => ({ at, parked });
  const names = (rows, had) => Object.entries(noticesOf(rows, had, now)).filter(([, value]) => value === true).map(([name]) => name);
  assert.deepEqual(names([], false), []);
  assert.deepEqual(names([], true), ["none"]);
  assert.deepEqual(names([row("2026-11-20T12:00:00Z")], true), ["some"]);
  assert.deepEqual(names([row("2026-11-20T11:59:59Z"), row("2026-11-21T11:00:00Z")], true), ["old"]);
  assert.deepEqual(names([row("2026-11-21T11:00:00Z", "refused")], true), ["refused"]);
});
