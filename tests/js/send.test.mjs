import assert from "node:assert/strict";
import test from "node:test";

import { makeSender } from "../../static/js/outbox/send.js";
import { deviceLock, openStore, tidy, unsentSessions } from "../../static/js/outbox/store.js";

function memory() {
  const kept = new Map();
  let full = false;
  const target = {
    fill: () => (full = true),
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      if (full) throw new Error("quota");
      kept.set(key, value);
    },
    removeItem: (key) => kept.delete(key),
  };
  return new Proxy(target, { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });
}

function answer(status, body, type = "application/json") {
  return { status, redirected: false, headers: new Map([["Content-Type", type]]), json: async () => body };
}

const accept = (events, result = "accepted") => answer(200, { results: events.map(({ id }) => ({ id, result, status: 200, why: "" })), session: { state: "started", locked: false } });

function desk(replies, events = ["e1", "e2"], storage = memory()) {
  const store = openStore(storage, { account: "a1", session: "s1" });
  store.save({ v: 1 }, events.map((id) => ({ id, kind: "pain" })), 0);
  const self = { store, storage, posts: [], gets: [], waits: [], said: [], cookie: "x=1; __Host-csrftoken=tok%3D1" };
  self.sender = makeSender(store, {
    fetch: async (url, options) => {
      if (options.method !== "POST") {
        self.gets.push(url);
        self.cookie = "__Host-csrftoken=fresh";
        return answer(200, null, "text/html");
      }
      self.posts.push({ url, headers: options.headers, ...JSON.parse(options.body) });
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      if (reply instanceof Error) throw reply;
      return typeof reply === "function" ? reply(self.posts.at(-1).events) : reply;
    },
    later: (ms, work) => {
      self.waits.push({ ms, work });
      return () => {};
    },
    random: () => 1, cookie: () => self.cookie, cookieName: "__Host-csrftoken", url: "/sessions/s1/events/", freshUrl: "/today/",
    told: (word, session) => self.said.push([word, session]),
  });
  return self;
}

test("events are sent with the account and the cookie's token, and removed once acknowledged", async () => {
  const here = desk([accept]);
  assert.equal(here.sender.status(), "saved");
  await here.sender.flush();
  assert.equal(here.posts[0].account, "a1");
  assert.equal(here.posts[0].headers["X-CSRFToken"], "tok=1");
  assert.deepEqual(here.store.queue(), []);
  assert.equal(here.said.at(-1)[0], "sent");
});

test("a network that fails is tried again with growing waits, with the same ids", async () => {
  const here = desk([new Error("offline"), new Error("offline"), accept]);
  await here.sender.flush();
  assert.deepEqual([here.said.at(-1)[0], here.waits.at(-1).ms], ["saved", 2000]);
  await here.waits.at(-1).work();
  assert.equal(here.waits.at(-1).ms, 4000);
  await here.waits.at(-1).work();
  assert.deepEqual(here.posts.map((post) => post.events.map((event) => event.id).join()), ["e1,e2", "e1,e2", "e1,e2"]);
  assert.equal(here.sender.status(), "sent");
});

test("a wait is never longer than five minutes", async () => {
  const here = desk([answer(503, null, "text/html")]);
  await here.sender.flush();
  for (let n = 0; n < 12; n += 1) await here.waits.at(-1).work();
  assert.equal(here.waits.at(-1).ms, 300_000);
});

test("a duplicate is as good as accepted", async () => {
  const here = desk([(events) => accept(events, "duplicate")]);
  await here.sender.flush();
  assert.equal(here.sender.status(), "sent");
});

test("one refused event does not block the others and is not lost", async () => {
  const mixed = answer(200, { results: [{ id: "e1", result: "accepted", status: 200 }, { id: "e2", result: "refused", status: 400, why: "no such set" }] });
  const here = desk([mixed]);
  await here.sender.flush();
  assert.deepEqual(here.store.queue(), []);
  assert.deepEqual(here.store.parked().map((each) => [each.event.id, each.why]), [["e2", "no such set"]]);
  assert.equal(here.sender.status(), "attention");
});

test("409 and 400 with results park what is refused", async () => {
  for (const [status, result] of [[409, "conflict"], [400, "refused"]]) {
    const here = desk([answer(status, { results: ["e1", "e2"].map((id) => ({ id, result, status, why: result })) })]);
    await here.sender.flush();
    assert.equal(here.store.parked().length, 2);
  }
});

test("signed out: everything is kept and said so", async () => {
  const here = desk([answer(401, { error: "signed-out" })]);
  await here.sender.flush();
  assert.equal(here.store.queue().length, 2);
  assert.equal(here.said.at(-1)[0], "signed-out");
});

test("403: the cookie is renewed once and the events go again", async () => {
  const here = desk([answer(403, null, "text/html"), accept]);
  await here.sender.flush();
  assert.deepEqual(here.gets, ["/today/"]);
  assert.equal(here.posts[1].headers["X-CSRFToken"], "fresh");
  assert.equal(here.sender.status(), "sent");
});

test("403 that stays, a sign-in page and HTML instead of JSON lose nothing", async () => {
  for (const reply of [answer(403, null, "text/html"), answer(200, null, "text/html"), { ...answer(200, {}), redirected: true }, answer(404, { error: "missing" }), answer(500, null, "text/html")]) {
    const here = desk([reply]);
    await here.sender.flush();
    assert.equal(here.store.queue().length, 2);
    assert.equal(here.waits.length, 1);
  }
});

test("events written while a batch is on its way go with the next", async () => {
  const here = desk([(events) => {
    if (here.posts.length === 1) here.store.save({ v: 1 }, [{ id: "e3" }], 0);
    return accept(events);
  }]);
  await Promise.all([here.sender.flush(), here.sender.flush()]);
  assert.deepEqual(here.posts.map((post) => post.events.map((event) => event.id).join()), ["e1,e2", "e3"]);
});

test("a batch has at most a hundred events", async () => {
  const here = desk([accept], Array.from({ length: 250 }, (_, n) => `e${n}`));
  await here.sender.flush();
  assert.deepEqual(here.posts.map((post) => post.events.length), [100, 100, 50]);
});

test("a lock that the clinic reports is passed on", async () => {
  const here = desk([(events) => answer(200, { results: events.map(({ id }) => ({ id, result: "accepted" })), session: { state: "ended", locked: true } })]);
  await here.sender.flush();
  assert.ok(here.said.some(([, session]) => session?.locked));
});

test("the queue survives a reload, and another account's queue is not seen", () => {
  const storage = memory();
  openStore(storage, { account: "a1", session: "s1" }).save({ v: 1, name: "hold" }, [{ id: "e1" }], 0);
  assert.deepEqual(openStore(storage, { account: "a1", session: "s1" }).queue(), [{ id: "e1" }]);
  assert.equal(openStore(storage, { account: "a1", session: "s1" }).state().name, "hold");
  assert.deepEqual(openStore(storage, { account: "b2", session: "s1" }).queue(), []);
  assert.deepEqual(unsentSessions(storage, { account: "a1", session: "s2" }), ["s1"]);
  assert.deepEqual(unsentSessions(storage, { account: "b2", session: "s2" }), []);
});

test("a full storage is said, and the events still go out", async () => {
  const storage = memory();
  const here = desk([accept], ["e1"], storage);
  storage.fill();
  here.store.save({ v: 1 }, [{ id: "e2" }], 0);
  assert.equal(here.sender.status(), "memory");
  await here.sender.flush();
  assert.deepEqual(here.posts.at(-1).events.map((event) => event.id), ["e1", "e2"]);
});

test("no storage at all: the session goes on in memory", async () => {
  const store = openStore(null, { account: "a1", session: "s1" });
  store.save({ v: 1 }, [{ id: "e1" }], 0);
  assert.deepEqual([store.queue().length, store.durable()], [1, false]);
});

test("old sessions are tidied away, but never what was not sent", () => {
  const storage = memory();
  for (const [session, events] of [["old", []], ["unsent", [{ id: "e1" }]], ["now", []]]) openStore(storage, { account: "a1", session }).save({ v: 1 }, events, 0);
  tidy(storage, { account: "a1", session: "now" }, 9e9);
  assert.deepEqual(Object.keys(storage).map((key) => key.split("/")[2]), ["unsent", "now"]);
});

test("S2 a lock of this device is kept for its account alone", () => {
  const storage = memory();
  deviceLock(storage, "a1").set("E", "s1", 5);
  assert.equal(deviceLock(storage, "a1").read().level, "E");
  assert.equal(deviceLock(storage, "b2").read(), null);
});
